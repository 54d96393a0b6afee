package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;
import org.tongmai.standards.identifier.internal.Provinces;

/**
 * 医疗机构执业许可证登记号, WS 218-2002 clause 3: organisation code of GB 11714 (9), division of GB/T 2260 (6), form of
 * ownership (2), kind of institution (one letter and three digits), management class (1 not for profit, 2 for profit, 9
 * other). Institutions without an organisation code have a temporary one that begins with PDY; its check character is
 * not judged. The structure is from general knowledge; the text of the standard was not at hand.
 */
public final class InstitutionRegistrationNumber implements IdentifierRule {
    private final OrganisationCode organisationCode = new OrganisationCode();

    @Override
    public Optional<Issue> check(String value) {
        if (value.length() != 22) {
            return Faults.length(value, "22");
        }
        Optional<Issue> fault =
                value.startsWith("PDY") ? Optional.empty() : organisationCode.check(value.substring(0, 9));
        if (fault.isEmpty()) {
            fault = Faults.digits(value, 9, 17).or(() -> Faults.digits(value, 18, 22));
        }
        if (fault.isEmpty()) {
            fault = Provinces.check(value, 9);
        }
        if (fault.isPresent()) {
            return fault;
        }
        char kind = value.charAt(17);
        if (kind < 'A' || kind > 'Z') {
            return Faults.of(IdentifierError.WRONG_CHARACTER, "position 18: expected a capital letter");
        }
        return "129".indexOf(value.charAt(21)) < 0
                ? Faults.of(IdentifierError.UNKNOWN_PART, "position 22: expected 1, 2 or 9")
                : Optional.empty();
    }
}
