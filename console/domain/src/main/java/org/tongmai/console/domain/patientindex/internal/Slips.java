package org.tongmai.console.domain.patientindex.internal;

/** Typing slips: one character more, less or other, or two neighbours that changed places. */
final class Slips {
    private Slips() {}

    /** Says whether two different texts are one slip apart. */
    static boolean isOne(String a, String b) {
        if (a.length() > b.length()) {
            return isOne(b, a);
        }
        if (b.length() - a.length() > 1) {
            return false;
        }
        int at = 0;
        while (at < a.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        if (a.length() < b.length()) {
            return a.regionMatches(at, b, at + 1, a.length() - at);
        }
        if (at == a.length()) {
            return false;
        }
        boolean other = a.regionMatches(at + 1, b, at + 1, a.length() - at - 1);
        boolean swapped = at + 1 < a.length()
                && a.charAt(at) == b.charAt(at + 1)
                && a.charAt(at + 1) == b.charAt(at)
                && a.regionMatches(at + 2, b, at + 2, a.length() - at - 2);
        return other || swapped;
    }
}
