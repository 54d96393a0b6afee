package org.tongmai.standards.identifier.internal;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierError;

/** Words the faults of numbers: places and kinds, never the number. */
public final class Faults {
    private Faults() {}

    public static Optional<Issue> of(IdentifierError error, String detail) {
        return Optional.of(Issue.of(error, "", detail));
    }

    public static Optional<Issue> length(String value, String expected) {
        return of(IdentifierError.WRONG_LENGTH, "found " + value.length() + " characters, expected " + expected);
    }

    /** Answers the fault of the first character that is no decimal digit, from a position on; empty when all are. */
    public static Optional<Issue> digits(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return of(IdentifierError.WRONG_CHARACTER, "position " + (i + 1) + ": expected a digit");
            }
        }
        return Optional.empty();
    }

    public static Optional<Issue> checkCharacter(int position) {
        return of(
                IdentifierError.WRONG_CHECK_CHARACTER,
                "position " + position + ": found another check character than the rest gives");
    }
}
