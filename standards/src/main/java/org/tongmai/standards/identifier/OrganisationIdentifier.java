package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;

/**
 * 机构代码 as shared documents carry it (OID 2.16.156.10011.1.5): what hospitals write there is told by its length. 18:
 * social credit code; 9, or 10 with a hyphen: organisation code; 22: registration number of a medical institution; 12:
 * designated institution of the medical insurance (H or P and 11 digits, 医保定点医药机构编码规则 2019); 11: Shanghai medical
 * insurance (digits).
 */
public final class OrganisationIdentifier implements IdentifierRule {
    private final SocialCreditCode creditCode = new SocialCreditCode();
    private final OrganisationCode organisationCode = new OrganisationCode();
    private final InstitutionRegistrationNumber registration = new InstitutionRegistrationNumber();

    @Override
    public Optional<Issue> check(String value) {
        return switch (value.length()) {
            case 9, 10 -> organisationCode.check(value);
            case 11 -> Faults.digits(value, 0, 11);
            case 12 -> insurance(value);
            case 18 -> creditCode.check(value);
            case 22 -> registration.check(value);
            default -> Faults.length(value, "9, 11, 12, 18 or 22");
        };
    }

    private static Optional<Issue> insurance(String value) {
        if (value.charAt(0) != 'H' && value.charAt(0) != 'P') {
            return Faults.of(IdentifierError.WRONG_CHARACTER, "position 1: expected H or P");
        }
        return Faults.digits(value, 1, 12);
    }
}
