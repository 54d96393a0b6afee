package org.tongmai.standards.crypto.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.ContentCipher;
import org.tongmai.standards.crypto.ContentKey;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.RsaPublicKey;
import org.tongmai.standards.crypto.SealedContent;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.crypto.vault.KeyVault;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A body that only its receiver reads: content under a key of its own, that key under the receiver's public key. As JSON:
 *
 * <pre>
 * {"alg": "sm2-sm4-gcm", "kid": "which of the receiver's keys", "cty": "application/json",
 *  "key": "SM2 C1‖C3‖C2, beginning with 04", "iv": "12 bytes", "tag": "16 bytes", "data": "…"}
 * </pre>
 *
 * <p>The four last in Base64 (RFC 4648, 4); {@code cty} may be left out. It proves nothing about the sender: the request's
 * signature covers it.
 *
 * @param algorithm how content and key are encrypted
 * @param keyId which key of the receiver opens it
 * @param contentType media type of the content; empty where it is not said
 * @param key the content's key, encrypted
 * @param content the content, sealed without a context
 */
public record PayloadEnvelope(
        Algorithm algorithm, String keyId, String contentType, byte[] key, SealedContent content) {
    /** What says of an HTTP content that it is an envelope. */
    public static final String MEDIA_TYPE = "application/vnd.tongmai.envelope+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NO_CONTEXT = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    /** C1 and C3 of an SM2 ciphertext, which go before as many bytes as were encrypted. */
    private static final int SM2_OVERHEAD = 65 + 32;

    /** How content and key are encrypted. */
    public enum Algorithm {
        /** SM4-GCM, the key of 16 bytes by SM2. */
        SM2_SM4_GCM("sm2-sm4-gcm", ContentCipher.SM4_GCM),
        /** SM4-CBC with HMAC-SM3, the two keys together, 32 bytes, by SM2. */
        SM2_SM4_CBC_HMAC_SM3("sm2-sm4-cbc-hmac-sm3", ContentCipher.SM4_CBC_HMAC_SM3),
        /** AES-256-GCM, the key of 32 bytes by RSAES-OAEP with SHA-256. */
        RSA_OAEP_AES_GCM("rsa-oaep-aes-gcm", ContentCipher.AES_GCM);

        private final String text;
        private final ContentCipher cipher;

        Algorithm(String text, ContentCipher cipher) {
            this.text = text;
            this.cipher = cipher;
        }

        /** Whether the key is encrypted by SM2; by RSA otherwise. */
        public boolean isSm2() {
            return this != RSA_OAEP_AES_GCM;
        }

        /** As in {@code alg}. */
        public String text() {
            return text;
        }

        public static Optional<Algorithm> of(String text) {
            return Arrays.stream(values())
                    .filter(algorithm -> algorithm.text.equals(text))
                    .findFirst();
        }
    }

    /**
     * Whom content is for.
     *
     * @param algorithm one the key is for
     * @param keyId what the receiver calls the key
     * @param encrypts a content's key, by the receiver's public key
     */
    public record Receiver(Algorithm algorithm, String keyId, UnaryOperator<byte[]> encrypts) {
        /** @throws CodedException {@link CryptoError#NOT_OFFERED} for an algorithm of another kind of key */
        public static Receiver of(Algorithm algorithm, Sm2PublicKey key, String keyId) {
            mustBe(algorithm.isSm2(), algorithm);
            return new Receiver(algorithm, keyId, content -> key.encrypt(content, CiphertextForm.C1C3C2));
        }

        /** @throws CodedException {@link CryptoError#NOT_OFFERED} for an algorithm of another kind of key */
        public static Receiver of(Algorithm algorithm, RsaPublicKey key, String keyId) {
            mustBe(!algorithm.isSm2(), algorithm);
            return new Receiver(algorithm, keyId, key::encrypt);
        }
    }

    /** Seals by {@link Algorithm#SM2_SM4_GCM}, and does not say what the content is. */
    public static PayloadEnvelope seal(byte[] content, Sm2PublicKey receiver, String keyId) {
        return seal(content, "", Receiver.of(Algorithm.SM2_SM4_GCM, receiver, keyId));
    }

    /** Seals by {@link Algorithm#RSA_OAEP_AES_GCM}, and does not say what the content is. */
    public static PayloadEnvelope seal(byte[] content, RsaPublicKey receiver, String keyId) {
        return seal(content, "", Receiver.of(Algorithm.RSA_OAEP_AES_GCM, receiver, keyId));
    }

    /** @param contentType media type of the content; empty not to say it */
    public static PayloadEnvelope seal(byte[] content, String contentType, Receiver receiver) {
        ContentKey key = ContentKey.generate(receiver.algorithm().cipher);
        return new PayloadEnvelope(
                receiver.algorithm(),
                receiver.keyId(),
                contentType,
                receiver.encrypts().apply(key.bytes()),
                key.seal(content, NO_CONTEXT));
    }

    /** @throws CodedException {@link CryptoError#ENVELOPE_UNREADABLE} */
    public static PayloadEnvelope read(byte[] json) {
        JsonNode fields;
        try {
            fields = JSON.readTree(json);
        } catch (IOException e) {
            throw unreadable("", "not JSON", e);
        }
        return new PayloadEnvelope(
                Algorithm.of(fields.path("alg").asText())
                        .orElseThrow(() -> unreadable("alg", "expected one of " + texts(), null)),
                fields.path("kid").asText(),
                fields.path("cty").asText(),
                bytes(fields, "key"),
                new SealedContent(bytes(fields, "iv"), bytes(fields, "data"), bytes(fields, "tag")));
    }

    private static byte[] bytes(JsonNode fields, String name) {
        JsonNode field = fields.path(name);
        try {
            if (field.isTextual()) {
                return field.binaryValue();
            }
        } catch (IOException e) {
            throw unreadable(name, "not Base64", e);
        }
        throw unreadable(name, "expected a text in Base64", null);
    }

    /** As JSON, in UTF-8. */
    public byte[] json() {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("alg", algorithm.text()).put("kid", keyId);
        if (!contentType.isEmpty()) {
            fields.put("cty", contentType);
        }
        fields.put("key", key)
                .put("iv", content.nonce())
                .put("tag", content.tag())
                .put("data", content.ciphertext());
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}; {@link CryptoError#NOT_OFFERED} for an envelope to an RSA
     *     key
     */
    public byte[] open(Sm2PrivateKey receiver) {
        mustBe(algorithm.isSm2(), algorithm);
        return open(receiver.decrypt(key, CiphertextForm.C1C3C2));
    }

    /**
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}; {@link CryptoError#NOT_OFFERED} for an envelope to an SM2
     *     key
     */
    public byte[] open(RsaPrivateKey receiver) {
        mustBe(!algorithm.isSm2(), algorithm);
        return open(receiver.decrypt(key));
    }

    /**
     * Opens with the vault's key of this id. Whatever is wrong, the content is tried: neither answer nor time says what it
     * was.
     *
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}; {@link CryptoError#VAULT_FAILED}
     */
    public byte[] open(KeyVault vault) {
        byte[] contentKey = new byte[algorithm.cipher.keyBytes()];
        RANDOM.nextBytes(contentKey);
        boolean rightLength = key.length == SM2_OVERHEAD + contentKey.length;
        try {
            byte[] unwrapped = vault.unwrap(keyId, key);
            if (unwrapped.length == contentKey.length && rightLength == algorithm.isSm2()) {
                contentKey = unwrapped;
            }
        } catch (CodedException e) {
            if (e.code() == CryptoError.VAULT_FAILED) {
                throw e;
            }
        }
        return open(contentKey);
    }

    private static void mustBe(boolean ofThisKind, Algorithm algorithm) {
        if (!ofThisKind) {
            throw new CodedException(
                    Issue.of(CryptoError.NOT_OFFERED, "alg", algorithm.text() + ", the key is of another kind"));
        }
    }

    private byte[] open(byte[] contentKey) {
        if (contentKey.length != algorithm.cipher.keyBytes()) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "key", contentKey.length + " bytes"));
        }
        return ContentKey.of(algorithm.cipher, contentKey).open(content, NO_CONTEXT);
    }

    private static String texts() {
        return Arrays.stream(Algorithm.values()).map(Algorithm::text).collect(Collectors.joining(", "));
    }

    private static CodedException unreadable(String where, String detail, Throwable cause) {
        return new CodedException(Issue.of(CryptoError.ENVELOPE_UNREADABLE, where, detail), cause);
    }
}
