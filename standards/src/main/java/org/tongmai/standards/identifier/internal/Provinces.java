package org.tongmai.standards.identifier.internal;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierError;

/**
 * The first two digits of a division code, GB/T 2260-2007 table 1. Only they are judged: a number keeps the county it
 * was issued in for life, and counties and cities are renumbered (310103 Luwan was given up in 2011, 5102xx became 50).
 */
public final class Provinces {
    private static final boolean[] KNOWN = new boolean[100];

    static {
        int[] codes = {
            11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
            62, 63, 64, 65, 71, 81, 82
        };
        for (int code : codes) {
            KNOWN[code] = true;
        }
    }

    private Provinces() {}

    /** Answers the fault of the two digits at an index; they must be digits. */
    public static Optional<Issue> check(String value, int index) {
        return isKnown(value, index) ? Optional.empty() : unknown(index);
    }

    static boolean isKnown(String value, int index) {
        return KNOWN[(value.charAt(index) - '0') * 10 + value.charAt(index + 1) - '0'];
    }

    public static Optional<Issue> unknown(int index) {
        return Faults.of(
                IdentifierError.UNKNOWN_DIVISION,
                "positions " + (index + 1) + " and " + (index + 2) + ": expected a province of GB/T 2260");
    }
}
