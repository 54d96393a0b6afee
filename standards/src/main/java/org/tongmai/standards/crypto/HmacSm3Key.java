package org.tongmai.standards.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A key for HMAC-SM3 (GB/T 15852.2-2012, GM/T 0042-2015 D.3; RFC 2104 with a block of 64 bytes). Holds the two states
 * that the key alone determines, so that a code costs the data and two blocks. Immutable; may be used by many threads
 * at once.
 */
public final class HmacSm3Key implements Signer, Verifier {
    /** Fewer bytes of key than this are refused: RFC 2104 (3) advises the length of the hash, half of it is the least. */
    public static final int SHORTEST = 16;

    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5C;

    private final SM3Digest inner;
    private final SM3Digest outer;

    private HmacSm3Key(byte[] key) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? Sm3.digest(key) : key, BLOCK);
        this.inner = begun(block, INNER);
        this.outer = begun(block, OUTER);
        Arrays.fill(block, (byte) 0);
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} for fewer than {@value #SHORTEST} bytes */
    public static HmacSm3Key of(byte[] key) {
        if (key.length < SHORTEST) {
            throw new CodedException(Issue.of(
                    CryptoError.KEY_UNREADABLE, "HMAC key", key.length + " bytes, expected at least " + SHORTEST));
        }
        return new HmacSm3Key(key);
    }

    /** For the examples of the standards, some of which have short keys. */
    static HmacSm3Key ofAnyLength(byte[] key) {
        return new HmacSm3Key(key);
    }

    public static HmacSm3Key generate() {
        byte[] key = new byte[Sm3.BYTES];
        new SecureRandom().nextBytes(key);
        return new HmacSm3Key(key);
    }

    private static SM3Digest begun(byte[] block, byte pad) {
        SM3Digest digest = new SM3Digest();
        for (byte b : block) {
            digest.update((byte) (b ^ pad));
        }
        return digest;
    }

    /** The code of the data: 32 bytes. */
    @Override
    public byte[] sign(byte[] data) {
        return Sm3.finish(new SM3Digest(outer), Sm3.finish(new SM3Digest(inner), data));
    }

    /** Compares in constant time. */
    @Override
    public boolean verifies(byte[] data, byte[] code) {
        return MessageDigest.isEqual(sign(data), code);
    }

    @Override
    public String toString() {
        return "HMAC-SM3 key";
    }
}
