package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;

/**
 * 电子证照标识, GB/T 36904-2018 clauses 5 and 6: {@code 1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>}. Type:
 * the 18 characters of the social credit code of the authority that defines the licence and 3 digits; issuer: social
 * credit code; serial: 1 to 64 digits and capital letters; version: 3 digits; check: ISO 7064 MOD 37,36 over type,
 * issuer, serial and version joined without points. The rule was recomputed on two published examples.
 */
public final class LicenceIdentifier implements IdentifierRule {
    /** What every identifier of a licence begins with. */
    public static final String ROOT = "1.2.156.3005.2";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int MAX_LENGTH = 200;

    private final SocialCreditCode creditCode = new SocialCreditCode();

    @Override
    public Optional<Issue> check(String value) {
        if (value.length() > MAX_LENGTH) {
            return Faults.length(value, "at most " + MAX_LENGTH);
        }
        String[] parts = value.startsWith(ROOT + ".")
                ? value.substring(ROOT.length() + 1).split("\\.", -1)
                : new String[0];
        if (parts.length != 5) {
            return Faults.of(IdentifierError.UNKNOWN_PART, "expected " + ROOT + " and five parts after it");
        }
        String type = parts[0];
        String version = parts[3];
        if (type.length() != 21 || version.length() != 3 || parts[4].length() != 1) {
            return Faults.of(
                    IdentifierError.WRONG_LENGTH,
                    "found parts of " + type.length() + ", " + version.length() + " and " + parts[4].length()
                            + " characters, expected a type of 21, a version of 3, a check of 1");
        }
        Optional<Issue> fault = codedParts(type, parts[1], parts[2], version);
        if (fault.isPresent()) {
            return fault;
        }
        return parts[4].charAt(0) == checkCharacter(type + parts[1] + parts[2] + version)
                ? Optional.empty()
                : Faults.checkCharacter(value.length());
    }

    private Optional<Issue> codedParts(String type, String issuer, String serial, String version) {
        Optional<Issue> fault = Faults.digits(type, 18, 21).or(() -> Faults.digits(version, 0, 3));
        if (fault.isPresent()) {
            return fault;
        }
        if (serial.isEmpty() || serial.length() > 64 || !serial.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            return Faults.of(IdentifierError.UNKNOWN_PART, "serial: expected 1 to 64 digits and capital letters");
        }
        if (creditCode.check(type.substring(0, 18)).isPresent()
                || creditCode.check(issuer).isPresent()) {
            return Faults.of(IdentifierError.UNKNOWN_PART, "type and issuer: expected social credit codes of GB 32100");
        }
        return Optional.empty();
    }

    /** ISO 7064 MOD 37,36 over digits and capital letters. */
    static char checkCharacter(String text) {
        int product = 36;
        for (int i = 0; i < text.length(); i++) {
            int sum = (product + ALPHABET.indexOf(text.charAt(i))) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }
        return ALPHABET.charAt((37 - product) % 36);
    }
}
