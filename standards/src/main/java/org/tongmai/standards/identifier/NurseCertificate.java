package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;
import org.tongmai.standards.identifier.internal.Provinces;

/**
 * 护士执业证书编号, 12 digits: year (4), province (2), serial (6) (护士执业注册管理办法 2008, annex; from general knowledge, the
 * text was not at hand).
 */
public final class NurseCertificate implements IdentifierRule {
    @Override
    public Optional<Issue> check(String value) {
        if (value.length() != 12) {
            return Faults.length(value, "12");
        }
        return Faults.digits(value, 0, 12)
                .or(() -> CertificateYear.check(value))
                .or(() -> Provinces.check(value, 4));
    }
}
