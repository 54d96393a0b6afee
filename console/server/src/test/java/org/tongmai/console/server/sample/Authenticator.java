package org.tongmai.console.server.sample;

import static org.awaitility.Awaitility.await;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** What people have on their telephones. */
public final class Authenticator {
    private static final int STEP_SECONDS = 30;

    private final byte[] secret;

    /** @param secret in base 32 */
    public Authenticator(String secret) {
        this.secret = new Base32().decode(secret);
    }

    /** Waits until the codes of now stay those of now for a while. */
    public static void atTheBeginningOfAStep() {
        await().until(() -> Instant.now().getEpochSecond() % STEP_SECONDS < STEP_SECONDS - 8);
    }

    /** @param steps 0 for now, 1 for the next */
    public String code(int steps) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(secret, "RAW"), Instant.now().plusSeconds((long) steps * STEP_SECONDS));
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
