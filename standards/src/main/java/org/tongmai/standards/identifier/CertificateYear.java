package org.tongmai.standards.identifier;

import java.time.Year;
import java.time.ZoneId;
import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;

/** The year a certificate number begins with. */
final class CertificateYear {
    /** The first certificates by these rules; the Physicians Law came into force in 1999, nurses register since 1994. */
    private static final int FIRST = 1994;

    private CertificateYear() {}

    static Optional<Issue> check(String value) {
        int year = Integer.parseInt(value.substring(0, 4));
        int last = Year.now(ZoneId.of("Asia/Shanghai")).getValue();
        return year >= FIRST && year <= last
                ? Optional.empty()
                : Faults.of(IdentifierError.IMPOSSIBLE_DATE, "positions 1 to 4: expected a year from " + FIRST + " on");
    }
}
