package org.tongmai.standards.crypto;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** GCM or CCM of a block cipher. A cipher object serves one call: they are not for several threads. */
record CounterModeSeal(Supplier<? extends AEADCipher> ciphers) implements SealMode {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    @Override
    public int nonceBytes() {
        return NONCE_BYTES;
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public SealedContent seal(byte[] key, byte[] nonce, byte[] content, byte[] context) {
        AEADCipher cipher = ciphers.get();
        cipher.init(true, new AEADParameters(new KeyParameter(key), TAG_BYTES * Byte.SIZE, nonce, context));
        byte[] sealed = new byte[cipher.getOutputSize(content.length)];
        int written = cipher.processBytes(content, 0, content.length, sealed, 0);
        try {
            cipher.doFinal(sealed, written);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        }
        return new SealedContent(
                nonce,
                Arrays.copyOf(sealed, content.length),
                Arrays.copyOfRange(sealed, content.length, sealed.length));
    }

    @Override
    public byte[] open(byte[] key, SealedContent sealed, byte[] context) {
        if (sealed.tag().length != TAG_BYTES) {
            throw broken(null);
        }
        AEADCipher cipher = ciphers.get();
        try {
            cipher.init(
                    false, new AEADParameters(new KeyParameter(key), TAG_BYTES * Byte.SIZE, sealed.nonce(), context));
            byte[] content = new byte[sealed.ciphertext().length];
            int written = cipher.processBytes(sealed.ciphertext(), 0, sealed.ciphertext().length, content, 0);
            written += cipher.processBytes(sealed.tag(), 0, TAG_BYTES, content, written);
            cipher.doFinal(content, written);
            return content;
        } catch (InvalidCipherTextException | RuntimeException e) { // a nonce of no bytes is an IllegalArgument
            throw broken(e);
        }
    }

    private static CodedException broken(Throwable cause) {
        return new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", ""), cause);
    }
}
