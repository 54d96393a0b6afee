package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;
import org.tongmai.standards.identifier.internal.Provinces;

/**
 * 医师执业证书编码, 15 digits: level (1 physician, 2 assistant), category (10 clinical, 20 dental, 30 public health, 40
 * traditional Chinese medicine), division (6), serial (6). From public pages that do not agree in every detail: level,
 * province and form are judged, the category by its list.
 */
public final class PhysicianPracticeCertificate implements IdentifierRule {
    @Override
    public Optional<Issue> check(String value) {
        if (value.length() != 15) {
            return Faults.length(value, "15");
        }
        Optional<Issue> fault = Faults.digits(value, 0, 15);
        if (fault.isPresent()) {
            return fault;
        }
        if (value.charAt(0) != '1' && value.charAt(0) != '2') {
            return Faults.of(IdentifierError.UNKNOWN_PART, "position 1: expected 1 or 2");
        }
        if (value.charAt(1) < '1' || value.charAt(1) > '4' || value.charAt(2) != '0') {
            return Faults.of(IdentifierError.UNKNOWN_PART, "positions 2 and 3: expected 10, 20, 30 or 40");
        }
        return Provinces.check(value, 3);
    }
}
