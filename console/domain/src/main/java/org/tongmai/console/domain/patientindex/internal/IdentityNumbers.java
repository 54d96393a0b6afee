package org.tongmai.console.domain.patientindex.internal;

import java.util.Optional;
import org.tongmai.standards.identifier.IdentityNumber;

/** Citizen identity numbers 公民身份号码 in one form: those of fifteen digits (GB 11643-1989) as those of 18. */
final class IdentityNumbers {
    private static final IdentityNumber RULE = new IdentityNumber();
    private static final int LEGACY = 15;

    private IdentityNumbers() {}

    /** The number with 18 characters; empty when it is not valid. */
    static Optional<String> valid(String number) {
        if (RULE.check(number).isPresent()) {
            return Optional.empty();
        }
        if (number.length() != LEGACY) {
            return Optional.of(number);
        }
        String body = number.substring(0, 6) + "19" + number.substring(6);
        return "0123456789X"
                .chars()
                .mapToObj(check -> body + (char) check)
                .filter(full -> RULE.check(full).isEmpty())
                .findFirst();
    }

    /** The birth date in a valid number, as FHIR writes it. */
    static String birthDate(String number) {
        return IdentityNumber.birthDate(number).map(Object::toString).orElse("");
    }
}
