package org.tongmai.standards.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * CBC with PKCS#7 padding, then an HMAC over context, nonce, ciphertext and the context's length in bits (RFC 7518,
 * 5.2.2.1). Opening compares the HMAC first, in constant time, and decrypts only what it proves.
 */
record EncryptThenMac(Supplier<BlockCipher> ciphers, Supplier<Digest> digests, int tagBytes) implements SealMode {
    private static final int KEY_BYTES = 16;

    @Override
    public int nonceBytes() {
        return KEY_BYTES;
    }

    @Override
    public SealedContent seal(byte[] key, byte[] nonce, byte[] content, byte[] context) {
        byte[] ciphertext = cipher().encrypt(parameters(key, nonce), content);
        return new SealedContent(nonce, ciphertext, tag(key, nonce, ciphertext, context));
    }

    @Override
    public byte[] open(byte[] key, SealedContent sealed, byte[] context) {
        byte[] tag = tag(key, sealed.nonce(), sealed.ciphertext(), context);
        if (sealed.nonce().length != nonceBytes() || !MessageDigest.isEqual(tag, sealed.tag())) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", ""));
        }
        return cipher().decrypt(parameters(key, sealed.nonce()), sealed.ciphertext());
    }

    private PaddedBlocks cipher() {
        return new PaddedBlocks(CBCBlockCipher.newInstance(ciphers.get()));
    }

    private static CipherParameters parameters(byte[] key, byte[] nonce) {
        return new ParametersWithIV(new KeyParameter(key, KEY_BYTES, KEY_BYTES), nonce);
    }

    private byte[] tag(byte[] key, byte[] nonce, byte[] ciphertext, byte[] context) {
        HMac mac = new HMac(digests.get());
        mac.init(new KeyParameter(key, 0, KEY_BYTES));
        mac.update(context, 0, context.length);
        mac.update(nonce, 0, nonce.length);
        mac.update(ciphertext, 0, ciphertext.length);
        byte[] bits = ByteBuffer.allocate(Long.BYTES)
                .putLong((long) context.length * Byte.SIZE)
                .array();
        mac.update(bits, 0, bits.length);
        byte[] tag = new byte[mac.getMacSize()];
        mac.doFinal(tag, 0);
        return Arrays.copyOf(tag, tagBytes);
    }
}
