package org.tongmai.standards.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;

/** With what content is sealed: kept secret, and any change to it or its context noticed. */
public enum ContentCipher {
    /** SM4 in Galois/counter mode (GB/T 32907-2016, GB/T 36624-2018, RFC 8998). */
    SM4_GCM("sm4-gcm", 1, 16, new CounterModeSeal(() -> GCMBlockCipher.newInstance(new SM4Engine()))),
    /** SM4 in CCM (RFC 8998). */
    SM4_CCM("sm4-ccm", 2, 16, new CounterModeSeal(() -> CCMBlockCipher.newInstance(new SM4Engine()))),
    /**
     * SM4-CBC, then HMAC-SM3, composed as RFC 7518 (5.2.2) does with AES; the code is not cut. Of the key of 32 bytes
     * the first half is the HMAC's.
     */
    SM4_CBC_HMAC_SM3("sm4-cbc-hmac-sm3", 3, 32, new EncryptThenMac(SM4Engine::new, SM3Digest::new, 32)),
    /** AES-256 in Galois/counter mode (NIST SP 800-38D). */
    AES_GCM("aes-gcm", 4, 32, new CounterModeSeal(() -> GCMBlockCipher.newInstance(AESEngine.newInstance()))),
    /** A128CBC-HS256 (RFC 7518, 5.2.3): of the key of 32 bytes the first half is the HMAC's; the code is cut to 16. */
    AES_CBC_HMAC_SHA256(
            "aes-cbc-hmac-sha256", 5, 32, new EncryptThenMac(AESEngine::newInstance, SHA256Digest::new, 16));

    private final String text;
    private final int number;
    private final int keyBytes;
    private final SealMode mode;

    ContentCipher(String text, int number, int keyBytes, SealMode mode) {
        this.text = text;
        this.number = number;
        this.keyBytes = keyBytes;
        this.mode = mode;
    }

    /** What says in formats that are text how something was sealed. */
    public String text() {
        return text;
    }

    /** What says so in formats that are bytes; never given to another cipher. */
    public int number() {
        return number;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public static Optional<ContentCipher> of(int number) {
        return Arrays.stream(values()).filter(cipher -> cipher.number == number).findFirst();
    }

    public static Optional<ContentCipher> of(String text) {
        return Arrays.stream(values())
                .filter(cipher -> cipher.text.equals(text))
                .findFirst();
    }

    SealMode mode() {
        return mode;
    }
}
