package org.tongmai.standards.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** A block cipher in some mode with PKCS#7 padding. Notices no change: whoever uses it proves the ciphertext before. */
record PaddedBlocks(BlockCipher mode) {
    byte[] encrypt(CipherParameters parameters, byte[] content) {
        try {
            return run(true, parameters, content);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] decrypt(CipherParameters parameters, byte[] ciphertext) {
        try {
            return run(false, parameters, ciphertext);
        } catch (InvalidCipherTextException | RuntimeException e) { // not whole blocks is a DataLength
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "", ""), e);
        }
    }

    private byte[] run(boolean encrypting, CipherParameters parameters, byte[] input)
            throws InvalidCipherTextException {
        BufferedBlockCipher cipher = new PaddedBufferedBlockCipher(mode);
        cipher.init(encrypting, parameters);
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int written = cipher.processBytes(input, 0, input.length, output, 0);
        written += cipher.doFinal(output, written);
        return Arrays.copyOf(output, written);
    }
}
