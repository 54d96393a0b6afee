package org.tongmai.standards.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * The secret number k of a signature, derived from the key and what is signed as RFC 6979 does, with HMAC-SM3. A random
 * source that repeats itself (a copied virtual machine) can not give the key away, and a signed file can be made again
 * byte by byte. User id and data both go in: under another user id the same data has another hash, and two hashes under
 * one k would reveal the key.
 */
final class DerivedNonces extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient HMacDSAKCalculator numbers = new HMacDSAKCalculator(new SM3Digest());

    DerivedNonces(ECPrivateKeyParameters key, byte[] data, String userId) {
        byte[] id = userId.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write(id.length >> 8);
        signed.write(id.length);
        signed.writeBytes(id);
        signed.writeBytes(data);
        numbers.init(key.getParameters().getN(), key.getD(), Sm3.digest(signed.toByteArray()));
    }

    /** BouncyCastle asks for as many bytes as the order of the curve has. */
    @Override
    public void nextBytes(byte[] bytes) {
        byte[] number = BigIntegers.asUnsignedByteArray(bytes.length, numbers.nextK());
        System.arraycopy(number, 0, bytes, 0, bytes.length);
    }
}
