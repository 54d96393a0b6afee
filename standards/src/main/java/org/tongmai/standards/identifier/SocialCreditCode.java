package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;
import org.tongmai.standards.identifier.internal.Provinces;

/**
 * 统一社会信用代码, GB 32100-2015 clauses 4 and 5: registering authority (1), kind of body (1), division (6, or 100000 for
 * a registration with the State), organisation code (9) and a check character. Alphabet {@code 0-9A-HJ-NP-RT-UWXY}
 * without I O S V Z, weights 3^i mod 31, check (31 - sum mod 31) mod 31.
 */
public final class SocialCreditCode implements IdentifierRule {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    @Override
    public Optional<Issue> check(String value) {
        if (value.length() != 18) {
            return Faults.length(value, "18");
        }
        int sum = 0;
        for (int i = 0; i < 18; i++) {
            int digit = ALPHABET.indexOf(value.charAt(i));
            if (digit < 0) {
                return Faults.of(
                        IdentifierError.WRONG_CHARACTER,
                        "position " + (i + 1) + ": expected a digit or capital letter other than I O S V Z");
            }
            sum += i < 17 ? digit * WEIGHTS[i] : 0;
        }
        Optional<Issue> fault = Faults.digits(value, 2, 8);
        if (fault.isPresent()) {
            return fault;
        }
        if (!value.startsWith("100000", 2) && (fault = Provinces.check(value, 2)).isPresent()) {
            return fault;
        }
        return value.charAt(17) == ALPHABET.charAt((31 - sum % 31) % 31) ? Optional.empty() : Faults.checkCharacter(18);
    }
}
