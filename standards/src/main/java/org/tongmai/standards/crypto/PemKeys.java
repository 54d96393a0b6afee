package org.tongmai.standards.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Keys as text (RFC 7468): {@code PUBLIC KEY} and {@code CERTIFICATE} (X.509); {@code PRIVATE KEY} and {@code ENCRYPTED
 * PRIVATE KEY} (PKCS#8), {@code EC PRIVATE KEY} (SEC 1, RFC 5915; OpenSSL 3 writes {@code SM2 PRIVATE KEY} over the
 * same), {@code RSA PRIVATE KEY} (PKCS#1). Other blocks of a file, such as {@code EC PARAMETERS}, are passed over.
 */
public final class PemKeys {
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final String SEC1_OPENSSL = "SM2 PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";

    private PemKeys() {}

    public static String write(Sm2PublicKey key) {
        return block(PUBLIC, key.encoded());
    }

    public static String write(RsaPublicKey key) {
        return block(PUBLIC, key.encoded());
    }

    /** Writes the key as it is: whoever reads the text has it. */
    public static String write(Sm2PrivateKey key) {
        return block(PRIVATE, key.encoded());
    }

    /** Writes the key as it is: whoever reads the text has it. */
    public static String write(RsaPrivateKey key) {
        return block(PRIVATE, key.encoded());
    }

    /** Writes the key encrypted: PBES2 with PBKDF2, HMAC-SHA256 and AES-256 (RFC 8018), which OpenSSL reads too. */
    public static String write(Sm2PrivateKey key, char[] password) {
        return block(ENCRYPTED, PasswordEncryption.encrypt(key.encoded(), password));
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#KEY_NOT_SM2} */
    public static Sm2PublicKey readPublic(String pem) {
        return Sm2PublicKey.of(publicKeyInfo(pem));
    }

    /** @throws CodedException {@link CryptoError#KEY_UNREADABLE} */
    public static RsaPublicKey readRsaPublic(String pem) {
        return RsaPublicKey.of(publicKeyInfo(pem));
    }

    /**
     * @param password empty for a key that is not encrypted
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#KEY_NOT_SM2},
     *     {@link CryptoError#PASSWORD_MISSING}, {@link CryptoError#PASSWORD_WRONG}
     */
    public static Sm2PrivateKey readPrivate(String pem, char[] password) {
        return Sm2PrivateKey.of(privateKeyInfo(pem, password));
    }

    /** As {@link #readPrivate}, for RSA. */
    public static RsaPrivateKey readRsaPrivate(String pem, char[] password) {
        return RsaPrivateKey.of(privateKeyInfo(pem, password));
    }

    private static byte[] publicKeyInfo(String pem) {
        List<PemObject> blocks = blocks(pem);
        Optional<byte[]> key = content(blocks, PUBLIC);
        if (key.isPresent()) {
            return key.get();
        }
        byte[] certificate = content(blocks, CERTIFICATE).orElseThrow(() -> missing(PUBLIC + " or " + CERTIFICATE));
        try {
            return Certificate.getInstance(certificate)
                    .getSubjectPublicKeyInfo()
                    .getEncoded("DER");
        } catch (IOException | RuntimeException e) { // BouncyCastle throws IllegalArgument and others for bad encodings
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "certificate", "not X.509"), e);
        }
    }

    /**
     * A private key of any kind as PKCS#8 PrivateKeyInfo, DER, not encrypted.
     *
     * @param password empty for a key that is not encrypted
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE}, {@link CryptoError#PASSWORD_MISSING},
     *     {@link CryptoError#PASSWORD_WRONG}
     */
    public static byte[] privateKeyInfo(String pem, char[] password) {
        List<PemObject> blocks = blocks(pem);
        Optional<byte[]> plain = content(blocks, PRIVATE);
        if (plain.isPresent()) {
            return plain.get();
        }
        Optional<byte[]> encrypted = content(blocks, ENCRYPTED);
        if (encrypted.isPresent()) {
            if (password.length == 0) {
                throw new CodedException(Issue.of(CryptoError.PASSWORD_MISSING, "private key", ""));
            }
            return PasswordEncryption.decrypt(encrypted.get(), password);
        }
        Optional<byte[]> sec1 = content(blocks, SEC1).or(() -> content(blocks, SEC1_OPENSSL));
        if (sec1.isPresent()) {
            return fromSec1(sec1.get());
        }
        byte[] pkcs1 = content(blocks, PKCS1)
                .orElseThrow(() -> missing(String.join(", ", PRIVATE, ENCRYPTED, SEC1) + " or " + PKCS1));
        return info(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), pkcs1);
    }

    /** A key that does not name its curve is taken for an SM2 key. */
    static byte[] fromSec1(byte[] sec1) {
        ASN1Encodable curve;
        try {
            curve = ECPrivateKey.getInstance(sec1).getParametersObject();
        } catch (RuntimeException e) { // BouncyCastle throws IllegalArgument and others for bad encodings
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "private key", "not SEC 1"), e);
        }
        return info(
                new AlgorithmIdentifier(
                        X9ObjectIdentifiers.id_ecPublicKey, curve == null ? GMObjectIdentifiers.sm2p256v1 : curve),
                sec1);
    }

    private static byte[] info(AlgorithmIdentifier algorithm, byte[] key) {
        try {
            return new PrivateKeyInfo(algorithm, ASN1Primitive.fromByteArray(key)).getEncoded("DER");
        } catch (IOException e) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "private key", "not ASN.1"), e);
        }
    }

    private static List<PemObject> blocks(String pem) {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (IOException | RuntimeException e) { // bad Base64 is a DecoderException
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, "", "not a PEM file"), e);
        }
        return blocks;
    }

    private static Optional<byte[]> content(List<PemObject> blocks, String type) {
        Optional<PemObject> block = blocks.stream()
                .filter(candidate -> candidate.getType().equals(type))
                .findFirst();
        if (block.isPresent() && !block.get().getHeaders().isEmpty()) {
            throw new CodedException(Issue.of(
                    CryptoError.KEY_UNREADABLE,
                    type,
                    "encrypted the way of PEM headers; expected PKCS#8, as openssl pkcs8 -topk8 writes it"));
        }
        return block.map(PemObject::getContent);
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
