package org.tongmai.console.server.account.internal;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes by time: RFC 6238 with SHA-1, 6 digits and steps of 30 seconds, as every authenticator has them. */
final class TotpCode {
    private static final Duration STEP = Duration.ofSeconds(30);
    /** RFC 6238, section 5.2: clocks that differ, and the time it takes to type. */
    private static final int WINDOW = 1;

    private static final Pattern FORM = Pattern.compile("[0-9]{6}");
    private static final TimeBasedOneTimePasswordGenerator GENERATOR = new TimeBasedOneTimePasswordGenerator(STEP, 6);

    private TotpCode() {}

    static boolean isOne(String code) {
        return FORM.matcher(code).matches();
    }

    /** The step the code is of, one before to one after that of now; empty when it is of none of them. */
    static OptionalLong step(byte[] secret, String code, Instant now) {
        long present = now.getEpochSecond() / STEP.toSeconds();
        OptionalLong found = OptionalLong.empty();
        for (long step = present - WINDOW; step <= present + WINDOW; step++) {
            byte[] expected = at(secret, step).getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(expected, code.getBytes(StandardCharsets.UTF_8))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String at(byte[] secret, long step) {
        try {
            return GENERATOR.generateOneTimePasswordString(
                    new SecretKeySpec(secret, GENERATOR.getAlgorithm()),
                    Instant.ofEpochSecond(step * STEP.toSeconds()),
                    Locale.ROOT);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException("a key of bytes fits HMAC", impossible);
        }
    }
}
