package org.tongmai.routes.engine.gateway.request;

import java.text.Normalizer;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Names as the most lenient service might read them: frameworks take {@code patient_id}, {@code PATIENT-ID} and a full-width
 * {@code ｐatientId} for {@code patientId}, {@code id[]}, {@code id[0]}, {@code id.x} and {@code id:exact} for more of
 * {@code id}, and PHP {@code patient.id} and {@code patient[id} for {@code patient_id}.
 */
public final class Names {
    private Names() {}

    /** What a parameter may be taken for: two that have one of these in common, some service might take for each other. */
    public static Set<String> plainParameter(String name) {
        String whole = plain(name);
        String stem = plain(stem(name));
        return whole.equals(stem) ? Set.of(whole) : Set.of(whole, stem);
    }

    /** Whether some service might take the one parameter for the other. */
    public static boolean parametersAlike(String one, String other) {
        return !Collections.disjoint(plainParameter(one), plainParameter(other));
    }

    /** Whether some service might take the one member of an object for the other. */
    public static boolean membersAlike(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    private static String stem(String name) {
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i) == '[' || name.charAt(i) == '.' || name.charAt(i) == ':') {
                return name.substring(0, i);
            }
        }
        return name;
    }

    /**
     * By way of capitals, as Java compares without case: a dotless i is an I to it. Marks go first, and letters lose theirs:
     * what puts many on one letter would take their square to normalise.
     */
    private static String plain(String name) {
        String folded = Normalizer.normalize(letters(name, point -> !isMark(point)), Normalizer.Form.NFKD);
        return letters(folded.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Character::isLetterOrDigit);
    }

    private static String letters(String name, IntPredicate which) {
        StringBuilder letters = new StringBuilder(name.length());
        name.codePoints().filter(which).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
