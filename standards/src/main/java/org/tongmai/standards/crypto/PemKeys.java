package org.tongmai.standards.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * SM2 keys as text (RFC 7468): {@code PUBLIC KEY} (X.509), {@code PRIVATE KEY} and {@code ENCRYPTED PRIVATE KEY}
 * (PKCS#8). Other blocks of a file, such as the {@code EC PARAMETERS} OpenSSL writes, are passed over.
 */
public final class PemKeys {
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private PemKeys() {}

    public static String write(Sm2PublicKey key) {
        return block(PUBLIC, key.encoded());
    }

    /** Writes the key as it is: whoever reads the text has it. */
    public static String write(Sm2PrivateKey key) {
        return block(PRIVATE, key.encoded());
    }

    /** Writes the key encrypted: PBES2 with PBKDF2, HMAC-SHA256 and AES-256 (RFC 8018), which OpenSSL reads too. */
    public static String write(Sm2PrivateKey key, char[] password) {
        return block(ENCRYPTED, PasswordEncryption.encrypt(key.encoded(), password));
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#KEY_NOT_SM2} */
    public static Sm2PublicKey readPublic(String pem) {
        return Sm2PublicKey.of(
                find(pem, PUBLIC).orElseThrow(() -> missing(PUBLIC)).getContent());
    }

    /**
     * @param password empty for a key that is not encrypted
     * @throws CodedException any of {@link CryptoError} but {@code SEAL_BROKEN}
     */
    public static Sm2PrivateKey readPrivate(String pem, char[] password) {
        Optional<PemObject> plain = find(pem, PRIVATE);
        if (plain.isPresent()) {
            return Sm2PrivateKey.of(plain.get().getContent());
        }
        PemObject encrypted = find(pem, ENCRYPTED).orElseThrow(() -> missing(PRIVATE + " or " + ENCRYPTED));
        if (password.length == 0) {
            throw new CodedException(Issue.of(CryptoError.PASSWORD_MISSING, "private key", ""));
        }
        return Sm2PrivateKey.of(PasswordEncryption.decrypt(encrypted.getContent(), password));
    }

    private static Optional<PemObject> find(String pem, String type) {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject block = reader.readPemObject();
            while (block != null && !block.getType().equals(type)) {
                block = reader.readPemObject();
            }
            return Optional.ofNullable(block);
        } catch (IOException | RuntimeException e) { // bad Base64 is a DecoderException
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "", "not a PEM file"), e);
        }
    }

    private static CodedException missing(String type) {
        return new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "", "expected a block " + type));
    }

    private static String block(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replace("\r\n", "\n");
    }
}
