package org.tongmai.console.domain.patientindex.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares addresses in comparable form: the numbers must be the same, the words mostly. */
final class AddressComparison {
    static final String SIMILAR = "similar";

    private static final double MOSTLY = 0.6;

    private AddressComparison() {}

    static String compare(List<String> ours, List<String> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            return Levels.MISSING;
        }
        String best = Levels.DIFFERENT;
        for (String a : ours) {
            for (String b : theirs) {
                if (isSame(a, b)) {
                    return Levels.SAME;
                }
                if (isSimilar(a, b)) {
                    best = SIMILAR;
                }
            }
        }
        return best;
    }

    /** The same, or one leaves out province, city or district. */
    private static boolean isSame(String a, String b) {
        String shorter = a.length() <= b.length() ? a : b;
        String longer = a.length() <= b.length() ? b : a;
        return longer.equals(shorter)
                || longer.endsWith(shorter) && shorter.chars().anyMatch(Character::isDigit);
    }

    private static boolean isSimilar(String a, String b) {
        String numbers = numbers(a);
        if (numbers.isEmpty() || !numbers.equals(numbers(b))) {
            return false;
        }
        Set<String> ours = pairs(a);
        Set<String> theirs = pairs(b);
        int total = ours.size() + theirs.size();
        ours.retainAll(theirs);
        return 2.0 * ours.size() / total >= MOSTLY;
    }

    private static String numbers(String address) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < address.length(); i++) {
            if (Character.isDigit(address.charAt(i))) {
                numbers.append(address.charAt(i));
            } else if (!numbers.isEmpty() && numbers.charAt(numbers.length() - 1) != ' ') {
                numbers.append(' ');
            }
        }
        return numbers.toString().strip();
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }
}
