package org.tongmai.standards.crypto;

import java.security.SecureRandom;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A key that seals content with one cipher and a random nonce each time. One key should seal fewer than 2³² times (NIST
 * SP 800-38D, 8.3). Immutable; may be used by many threads at once.
 */
public final class ContentKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ContentCipher cipher;
    private final byte[] key;

    private ContentKey(ContentCipher cipher, byte[] key) {
        this.cipher = cipher;
        this.key = key;
    }

    public static ContentKey generate(ContentCipher cipher) {
        return new ContentKey(cipher, random(cipher.keyBytes()));
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} unless there are as many bytes as the cipher takes */
    public static ContentKey of(ContentCipher cipher, byte[] key) {
        if (key.length != cipher.keyBytes()) {
            throw new CodedException(Issue.of(
                    CryptoError.KEY_UNREADABLE,
                    cipher.text() + " key",
                    key.length + " bytes, expected " + cipher.keyBytes()));
        }
        return new ContentKey(cipher, key.clone());
    }

    public ContentCipher cipher() {
        return cipher;
    }

    /** The key itself, to be wrapped or stored where secrets are. */
    public byte[] bytes() {
        return key.clone();
    }

    /**
     * @param context what the content belongs to, for example tenant and name; not stored, and needed to open it, so
     *     that nobody moves it elsewhere
     */
    public SealedContent seal(byte[] content, byte[] context) {
        return cipher.mode().seal(key, random(cipher.mode().nonceBytes()), content, context);
    }

    /** @throws CodedException {@link CryptoError#SEAL_BROKEN} */
    public byte[] open(SealedContent sealed, byte[] context) {
        if (sealed.nonce().length != cipher.mode().nonceBytes()) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", "not in the format of sealed data"));
        }
        return cipher.mode().open(key, sealed, context);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return cipher.text() + " key";
    }
}
