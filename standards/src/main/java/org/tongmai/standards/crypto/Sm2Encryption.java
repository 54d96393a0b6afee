package org.tongmai.standards.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.util.BigIntegers;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * SM2 encryption (GB/T 32918.4-2016) with SM3. Of a ciphertext that does not open it is not said why: whether point,
 * hash or form was wrong is what an attacker asks.
 */
final class Sm2Encryption {
    private static final int NUMBER = 32;
    private static final int C1 = 1 + 2 * NUMBER;
    private static final int C3 = Sm3.BYTES;
    private static final byte UNCOMPRESSED = 4;

    private Sm2Encryption() {}

    static byte[] encrypt(ECPublicKeyParameters key, byte[] content, CiphertextForm form, SecureRandom random) {
        if (content.length == 0) { // C2 would be empty: the standard begins anew until it differs from the content
            throw new CodedException(Issue.of(CryptoError.NOT_ENCRYPTABLE, "", "no bytes, expected at least one"));
        }
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(key, random));
        try {
            return write(engine.processBlock(content, 0, content.length), form);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] decrypt(ECPrivateKeyParameters key, byte[] ciphertext, CiphertextForm form) {
        byte[] c1c3c2 = read(ciphertext, form);
        if (c1c3c2.length <= C1 + C3 || c1c3c2[0] != UNCOMPRESSED) {
            throw broken(null);
        }
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(false, key);
        byte[] content;
        try {
            content = engine.processBlock(c1c3c2, 0, c1c3c2.length);
        } catch (InvalidCipherTextException | RuntimeException e) { // a point off the curve is an IllegalArgument
            throw broken(e);
        }
        // A key stream of zeros is no encryption (7.1, B4); BouncyCastle looks for it when it encrypts only.
        if (Arrays.equals(content, 0, content.length, c1c3c2, C1 + C3, c1c3c2.length)) {
            throw broken(null);
        }
        return content;
    }

    private static byte[] write(byte[] c1c3c2, CiphertextForm form) {
        return switch (form) {
            case C1C3C2 -> c1c3c2;
            case C1C2C3 -> swapped(c1c3c2, C1 + C3);
            case DER -> der(c1c3c2);
        };
    }

    private static byte[] read(byte[] ciphertext, CiphertextForm form) {
        return switch (form) {
            case C1C3C2 -> ciphertext;
            case C1C2C3 -> swapped(ciphertext, Math.max(C1, ciphertext.length - C3));
            case DER -> fromDer(ciphertext);
        };
    }

    /** The bytes after C1 with what begins at {@code second} put first. */
    private static byte[] swapped(byte[] bytes, int second) {
        if (bytes.length < C1 + C3) {
            throw broken(null);
        }
        byte[] result = bytes.clone();
        System.arraycopy(bytes, second, result, C1, bytes.length - second);
        System.arraycopy(bytes, C1, result, C1 + bytes.length - second, second - C1);
        return result;
    }

    private static byte[] der(byte[] c1c3c2) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(c1c3c2, 1, 1 + NUMBER))));
        parts.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(c1c3c2, 1 + NUMBER, C1))));
        parts.add(new DEROctetString(Arrays.copyOfRange(c1c3c2, C1, C1 + C3)));
        parts.add(new DEROctetString(Arrays.copyOfRange(c1c3c2, C1 + C3, c1c3c2.length)));
        try {
            return new DERSequence(parts).getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] fromDer(byte[] ciphertext) {
        try {
            ASN1Sequence parts = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(ciphertext));
            byte[] c3 = ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets();
            byte[] c2 = ASN1OctetString.getInstance(parts.getObjectAt(3)).getOctets();
            boolean strict = Arrays.equals(parts.getEncoded("DER"), ciphertext);
            if (parts.size() != 4 || c3.length != C3 || !strict) {
                throw broken(null);
            }
            byte[] result = new byte[C1 + C3 + c2.length];
            result[0] = UNCOMPRESSED;
            BigIntegers.asUnsignedByteArray(number(parts, 0), result, 1, NUMBER);
            BigIntegers.asUnsignedByteArray(number(parts, 1), result, 1 + NUMBER, NUMBER);
            System.arraycopy(c3, 0, result, C1, C3);
            System.arraycopy(c2, 0, result, C1 + C3, c2.length);
            return result;
        } catch (CodedException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // BouncyCastle throws IllegalArgument and others for bad encodings
            throw broken(e);
        }
    }

    private static BigInteger number(ASN1Sequence parts, int index) {
        BigInteger number = ASN1Integer.getInstance(parts.getObjectAt(index)).getValue();
        if (number.signum() < 0) {
            throw broken(null);
        }
        return number;
    }

    private static CodedException broken(Throwable cause) {
        return new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "SM2 ciphertext", ""), cause);
    }
}
