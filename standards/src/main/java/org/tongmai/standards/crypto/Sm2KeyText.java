package org.tongmai.standards.crypto;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.util.Arrays;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * SM2 keys in whatever form a counterpart sends them: PEM (see {@link PemKeys}); or hexadecimal or Base64 (also the
 * URL-safe one) of X.509, of the point with or without its 04, compressed, of PKCS#8, SEC 1 or the number d.
 */
public final class Sm2KeyText {
    private static final int POINT_BYTES = 64;
    private static final int SHORTEST_ASN1 = 36;
    private static final byte SEQUENCE = 0x30;

    private static final byte UNCOMPRESSED = 4;

    private Sm2KeyText() {}

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#KEY_NOT_SM2} */
    public static Sm2PublicKey readPublic(String text) {
        if (text.contains("-----BEGIN")) {
            return PemKeys.readPublic(text);
        }
        byte[] bytes = bytes(text).orElseThrow(Sm2KeyText::unreadable);
        if (bytes.length == POINT_BYTES) {
            return Sm2PublicKey.ofPoint(Arrays.prepend(bytes, UNCOMPRESSED));
        }
        return bytes.length > POINT_BYTES + 1 || bytes[0] == SEQUENCE
                ? Sm2PublicKey.of(bytes)
                : Sm2PublicKey.ofPoint(bytes);
    }

    /**
     * @param password empty for a key that is not encrypted
     * @throws CodedException as {@link PemKeys#readPrivate}
     */
    public static Sm2PrivateKey readPrivate(String text, char[] password) {
        if (text.contains("-----BEGIN")) {
            return PemKeys.readPrivate(text, password);
        }
        byte[] bytes = bytes(text).orElseThrow(Sm2KeyText::unreadable);
        if (bytes.length < SHORTEST_ASN1) {
            return Sm2PrivateKey.ofNumber(bytes);
        }
        try {
            return Sm2PrivateKey.of(bytes);
        } catch (CodedException notPkcs8) {
            try {
                return Sm2PrivateKey.of(PemKeys.fromSec1(bytes));
            } catch (CodedException notSec1Either) {
                notPkcs8.addSuppressed(notSec1Either);
                throw notPkcs8;
            }
        }
    }

    /** The bytes of a hexadecimal or Base64 text; white space does not matter. Empty for neither, and for no bytes. */
    public static Optional<byte[]> bytes(String text) {
        String letters = text.replaceAll("\\s", "");
        if (letters.isEmpty()) {
            return Optional.empty();
        }
        if (letters.length() % 2 == 0 && letters.matches("[0-9A-Fa-f]+")) {
            return Optional.of(HexFormat.of().parseHex(letters));
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(letters.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CodedException unreadable() {
        return new CodedException(
                Issue.of(CryptoError.KEY_UNREADABLE, "", "neither PEM nor hexadecimal nor Base64 text"));
    }
}
