package org.tongmai.standards.crypto.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.ContentCipher;
import org.tongmai.standards.crypto.ContentKey;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.RsaPublicKey;
import org.tongmai.standards.crypto.SealedContent;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A body that only its receiver reads: content under a key of its own, that key under the receiver's public key. As JSON:
 *
 * <pre>
 * {"alg": "sm2-sm4-gcm", "kid": "which of the receiver's keys",
 *  "key": "SM2 C1‖C3‖C2, beginning with 04", "iv": "12 bytes", "tag": "16 bytes", "data": "…"}
 * </pre>
 *
 * <p>The four last in Base64 (RFC 4648, 4). It proves nothing about the sender: the request's signature covers it.
 *
 * @param algorithm how content and key are encrypted
 * @param keyId which key of the receiver opens it
 * @param key the content's key, encrypted
 * @param content the content, sealed without a context
 */
public record PayloadEnvelope(Algorithm algorithm, String keyId, byte[] key, SealedContent content) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NO_CONTEXT = {};

    /** How content and key are encrypted. */
    public enum Algorithm {
        /** SM4-GCM, the key of 16 bytes by SM2. */
        SM2_SM4_GCM("sm2-sm4-gcm", ContentCipher.SM4_GCM),
        /** AES-256-GCM, the key of 32 bytes by RSAES-OAEP with SHA-256. */
        RSA_OAEP_AES_GCM("rsa-oaep-aes-gcm", ContentCipher.AES_GCM);

        private final String text;
        private final ContentCipher cipher;

        Algorithm(String text, ContentCipher cipher) {
            this.text = text;
            this.cipher = cipher;
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

    /** Seals by {@link Algorithm#SM2_SM4_GCM}. */
    public static PayloadEnvelope seal(byte[] content, Sm2PublicKey receiver, String keyId) {
        ContentKey key = ContentKey.generate(ContentCipher.SM4_GCM);
        return new PayloadEnvelope(
                Algorithm.SM2_SM4_GCM,
                keyId,
                receiver.encrypt(key.bytes(), CiphertextForm.C1C3C2),
                key.seal(content, NO_CONTEXT));
    }

    /** Seals by {@link Algorithm#RSA_OAEP_AES_GCM}. */
    public static PayloadEnvelope seal(byte[] content, RsaPublicKey receiver, String keyId) {
        ContentKey key = ContentKey.generate(ContentCipher.AES_GCM);
        return new PayloadEnvelope(
                Algorithm.RSA_OAEP_AES_GCM, keyId, receiver.encrypt(key.bytes()), key.seal(content, NO_CONTEXT));
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
                        .orElseThrow(() -> unreadable("alg", "expected sm2-sm4-gcm or rsa-oaep-aes-gcm", null)),
                fields.path("kid").asText(),
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
        fields.put("alg", algorithm.text())
                .put("kid", keyId)
                .put("key", key)
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
        mustBe(Algorithm.SM2_SM4_GCM);
        return open(receiver.decrypt(key, CiphertextForm.C1C3C2));
    }

    /**
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}; {@link CryptoError#NOT_OFFERED} for an envelope to an SM2
     *     key
     */
    public byte[] open(RsaPrivateKey receiver) {
        mustBe(Algorithm.RSA_OAEP_AES_GCM);
        return open(receiver.decrypt(key));
    }

    private void mustBe(Algorithm kind) {
        if (algorithm != kind) {
            throw new CodedException(
                    Issue.of(CryptoError.NOT_OFFERED, "alg", algorithm.text() + ", the key is for " + kind.text()));
        }
    }

    private byte[] open(byte[] contentKey) {
        if (contentKey.length != algorithm.cipher.keyBytes()) {
            throw new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "key", contentKey.length + " bytes"));
        }
        return ContentKey.of(algorithm.cipher, contentKey).open(content, NO_CONTEXT);
    }

    private static CodedException unreadable(String where, String detail, Throwable cause) {
        return new CodedException(Issue.of(CryptoError.ENVELOPE_UNREADABLE, where, detail), cause);
    }
}
