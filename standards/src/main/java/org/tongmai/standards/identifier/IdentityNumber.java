package org.tongmai.standards.identifier;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;
import org.tongmai.standards.identifier.internal.Provinces;

/**
 * 公民身份号码, GB 11643-1999 clauses 4 and 5: division (6), date of birth (8), sequence (3, odd is male) and a check
 * character by ISO 7064 MOD 11-2, weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2. The legacy form of GB 11643-1989 has 15
 * digits, a year of two digits and no check character; numbers of that form were all given to people born in 19xx.
 *
 * <p>The residence permits of Hong Kong, Macao (81, 82) and Taiwan (83) residents have the same build (State Council
 * Decree on residence permits 2018, article 5). A number of 18 characters may end in {@code x} as well as {@code X}.
 */
public final class IdentityNumber implements IdentifierRule {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final LocalDate OLDEST = LocalDate.of(1850, 1, 1);

    @Override
    public Optional<Issue> check(String value) {
        int length = value.length();
        if (length != 18 && length != 15) {
            return Faults.length(value, "18, or 15 of the legacy form");
        }
        Optional<Issue> fault = Faults.digits(value, 0, length == 18 ? 17 : 15);
        if (fault.isPresent()) {
            return fault;
        }
        if (!value.startsWith("83") && (fault = Provinces.check(value, 0)).isPresent()) {
            return fault;
        }
        if (birthDate(value).isEmpty()) {
            return Faults.of(
                    IdentifierError.IMPOSSIBLE_DATE,
                    length == 18
                            ? "positions 7 to 14: expected a day from 1850 to today"
                            : "positions 7 to 12: expected a day of the years 1900 to 1999");
        }
        return length == 18 ? checkCharacter(value) : Optional.empty();
    }

    /** The date of birth a number states; empty when it is not a number of this kind up to its date. */
    public static Optional<LocalDate> birthDate(String value) {
        boolean legacy = value.length() == 15;
        if (!legacy && value.length() != 18
                || Faults.digits(value, 6, legacy ? 12 : 14).isPresent()) {
            return Optional.empty();
        }
        int at = legacy ? 8 : 10;
        int year = legacy ? 1900 + number(value, 6) : number(value, 6) * 100 + number(value, 8);
        try {
            LocalDate date = LocalDate.of(year, number(value, at), number(value, at + 2));
            return date.isBefore(OLDEST) || date.isAfter(LocalDate.now(CHINA)) ? Optional.empty() : Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String value, int index) {
        return (value.charAt(index) - '0') * 10 + value.charAt(index + 1) - '0';
    }

    private static Optional<Issue> checkCharacter(String value) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (value.charAt(i) - '0') * WEIGHTS[i];
        }
        char last = value.charAt(17);
        return (last == 'x' ? 'X' : last) == CHECK.charAt(sum % 11) ? Optional.empty() : Faults.checkCharacter(18);
    }
}
