package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;
import org.tongmai.standards.identifier.internal.Provinces;

/**
 * 医师资格证书编码, 24 or 27 characters: year (4), province (2), level (1: 1 physician, 2 assistant), category (2) and the
 * holder's identity number of 15 or 18 characters (《医师资格证书》编码规则, Ministry of Health 1999).
 */
public final class PhysicianQualificationCertificate implements IdentifierRule {
    private final IdentityNumber identityNumber = new IdentityNumber();

    @Override
    public Optional<Issue> check(String value) {
        if (value.length() != 24 && value.length() != 27) {
            return Faults.length(value, "24 or 27");
        }
        Optional<Issue> fault = Faults.digits(value, 0, 9);
        if (fault.isEmpty()) {
            fault = CertificateYear.check(value);
        }
        if (fault.isEmpty()) {
            fault = Provinces.check(value, 4);
        }
        if (fault.isPresent()) {
            return fault;
        }
        if (value.charAt(6) != '1' && value.charAt(6) != '2') {
            return Faults.of(IdentifierError.UNKNOWN_PART, "position 7: expected 1 or 2");
        }
        return identityNumber.check(value.substring(9)).isEmpty()
                ? Optional.empty()
                : Faults.of(IdentifierError.UNKNOWN_PART, "from position 10: expected an identity number");
    }
}
