package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;

/**
 * 组织机构代码, GB 11714-1997 clauses 3 and 4: eight digits or capital letters and a check character, with or without a
 * hyphen before it. Weights 3 7 9 10 5 8 4 2, A is 10; check 11 - sum mod 11, where 10 is X and 11 is 0.
 */
public final class OrganisationCode implements IdentifierRule {
    private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    @Override
    public Optional<Issue> check(String value) {
        boolean hyphen = value.length() == 10 && value.charAt(8) == '-';
        if (value.length() != 9 && !hyphen) {
            return Faults.length(value, "9, or 10 with a hyphen before the last");
        }
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            char c = value.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
            if (digit < 0) {
                return Faults.of(
                        IdentifierError.WRONG_CHARACTER,
                        "position " + (i + 1) + ": expected a digit or capital letter");
            }
            sum += digit * WEIGHTS[i];
        }
        char expected = "0X987654321".charAt(sum % 11 == 0 ? 0 : sum % 11);
        return value.charAt(value.length() - 1) == expected ? Optional.empty() : Faults.checkCharacter(9);
    }
}
