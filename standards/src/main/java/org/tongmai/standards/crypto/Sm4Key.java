package org.tongmai.standards.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * An SM4 key (GB/T 32907-2016) that seals small secrets at rest: SM4-GCM (GB/T 36624, RFC 8998) with a random nonce of
 * 12 bytes and a tag of 16. Sealed data is {@code 01 nonce ciphertext tag}. One key should seal fewer than 2³² times
 * (NIST SP 800-38D, 8.3). Immutable; may be used by many threads at once.
 */
public final class Sm4Key {
    public static final int BYTES = 16;

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private Sm4Key(byte[] key) {
        this.key = key;
    }

    public static Sm4Key generate() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new Sm4Key(key);
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} unless there are 16 bytes */
    public static Sm4Key of(byte[] key) {
        if (key.length != BYTES) {
            throw new CodedException(
                    Issue.of(CryptoError.KEY_UNREADABLE, "SM4 key", key.length + " bytes, expected " + BYTES));
        }
        return new Sm4Key(key.clone());
    }

    /** The key itself, to be stored where secrets are. */
    public byte[] bytes() {
        return key.clone();
    }

    /**
     * @param context where the secret belongs, for example tenant and name; not stored, and needed to open it, so that
     *     nobody moves it elsewhere
     */
    public byte[] seal(byte[] secret, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(true, parameters(nonce, context));
        byte[] sealed = new byte[HEAD_BYTES + cipher.getOutputSize(secret.length)];
        sealed[0] = FORMAT;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        int written = cipher.processBytes(secret, 0, secret.length, sealed, HEAD_BYTES);
        try {
            cipher.doFinal(sealed, HEAD_BYTES + written);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        }
        return sealed;
    }

    /** @throws CodedException {@link CryptoError#SEAL_BROKEN} */
    public byte[] open(byte[] sealed, byte[] context) {
        if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] != FORMAT) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", "not in the format of sealed data"));
        }
        GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(false, parameters(Arrays.copyOfRange(sealed, 1, HEAD_BYTES), context));
        byte[] secret = new byte[cipher.getOutputSize(sealed.length - HEAD_BYTES)];
        int written = cipher.processBytes(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES, secret, 0);
        try {
            cipher.doFinal(secret, written);
        } catch (InvalidCipherTextException e) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", ""), e);
        }
        return secret;
    }

    private AEADParameters parameters(byte[] nonce, byte[] context) {
        return new AEADParameters(new KeyParameter(key), TAG_BYTES * 8, nonce, context);
    }

    @Override
    public String toString() {
        return "SM4 key";
    }
}
