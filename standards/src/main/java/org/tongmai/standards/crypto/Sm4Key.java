package org.tongmai.standards.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * An SM4 key (GB/T 32907-2016) that seals small secrets at rest by {@link ContentCipher#SM4_GCM}: a random nonce of 12
 * bytes and a tag of 16. Sealed data is {@code 01 nonce ciphertext tag}. Immutable; may be used by many threads at once.
 */
public final class Sm4Key {
    public static final int BYTES = 16;

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;

    private final ContentKey key;

    private Sm4Key(ContentKey key) {
        this.key = key;
    }

    public static Sm4Key generate() {
        return new Sm4Key(ContentKey.generate(ContentCipher.SM4_GCM));
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} unless there are 16 bytes */
    public static Sm4Key of(byte[] key) {
        return new Sm4Key(ContentKey.of(ContentCipher.SM4_GCM, key));
    }

    /** The key itself, to be stored where secrets are. */
    public byte[] bytes() {
        return key.bytes();
    }

    /**
     * @param context where the secret belongs, for example tenant and name; not stored, and needed to open it, so that
     *     nobody moves it elsewhere
     */
    public byte[] seal(byte[] secret, byte[] context) {
        SealedContent sealed = key.seal(secret, context);
        return ByteBuffer.allocate(HEAD_BYTES + secret.length + TAG_BYTES)
                .put(FORMAT)
                .put(sealed.nonce())
                .put(sealed.ciphertext())
                .put(sealed.tag())
                .array();
    }

    /** @throws CodedException {@link CryptoError#SEAL_BROKEN} */
    public byte[] open(byte[] sealed, byte[] context) {
        int tag = sealed.length - TAG_BYTES;
        if (tag < HEAD_BYTES || sealed[0] != FORMAT) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", "not in the format of sealed data"));
        }
        return key.open(
                new SealedContent(
                        Arrays.copyOfRange(sealed, 1, HEAD_BYTES),
                        Arrays.copyOfRange(sealed, HEAD_BYTES, tag),
                        Arrays.copyOfRange(sealed, tag, sealed.length)),
                context);
    }

    @Override
    public String toString() {
        return "SM4 key";
    }
}
