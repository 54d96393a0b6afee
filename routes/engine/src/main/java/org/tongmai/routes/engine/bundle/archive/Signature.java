package org.tongmai.routes.engine.bundle.archive;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * {@code signature.json}: an author says by SM2 over SM3 that these are the files of this version.
 *
 * @param author name the author gave; who it was is decided by the key
 * @param key fingerprint of the author's public key: SM3 of its X.509 encoding
 * @param id of the bundle
 * @param version of the bundle
 * @param digest of its files, see {@link BundleArchive#digest()}
 * @param time when it was signed, by the author's clock, in whole seconds
 * @param signature Base64 of the DER signature over all the others
 */
public record Signature(
        String author, String key, String id, String version, String digest, Instant time, String signature) {
    /** Its name in the zip; no archive has it among its files. */
    public static final String FILE = "signature.json";

    /** The one algorithm: SM2 with SM3 (GB/T 32918.2), default user id, DER. */
    public static final String ALGORITHM = "SM2-SM3";

    static final int MOST_BYTES = 16 * 1024;

    private static final String PURPOSE = "tongmai route bundle";
    private static final List<String> KEYS =
            List.of("algorithm", "author", "key", "id", "version", "digest", "time", "signature");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public Signature {
        for (String text : List.of(author, key, id, version, digest, signature)) {
            if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
                throw invalid("a value is empty or has control characters");
            }
        }
    }

    /** Signs the archive; its id and version are those of its manifest. */
    public static Signature sign(BundleArchive archive, String author, Sm2PrivateKey key, Instant time) {
        Signature unsigned = new Signature(
                author,
                key.publicKey().fingerprint(),
                archive.id(),
                archive.version(),
                archive.digest(),
                time.truncatedTo(ChronoUnit.SECONDS),
                "-");
        String value = Base64.getEncoder().encodeToString(key.sign(unsigned.signed()));
        return new Signature(
                author, unsigned.key, unsigned.id, unsigned.version, unsigned.digest, unsigned.time, value);
    }

    /** @throws CodedException {@link BundleError#SIGNATURE_UNREADABLE} */
    static Signature parse(byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw new CodedException(Issue.of(BundleError.SIGNATURE_UNREADABLE, FILE, "not JSON"), e);
        }
        if (!root.isObject() || root.size() != KEYS.size()) {
            throw invalid("expected " + KEYS);
        }
        for (String key : KEYS) {
            if (!root.path(key).isTextual()) {
                throw invalid(key + " is missing");
            }
        }
        if (!root.path("algorithm").asText().equals(ALGORITHM)) {
            throw invalid("algorithm, expected " + ALGORITHM);
        }
        return new Signature(
                root.path("author").asText(),
                root.path("key").asText(),
                root.path("id").asText(),
                root.path("version").asText(),
                root.path("digest").asText(),
                time(root.path("time").asText()),
                root.path("signature").asText());
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CodedException(Issue.of(BundleError.SIGNATURE_UNREADABLE, FILE, "time, expected ISO 8601"), e);
        }
    }

    private static CodedException invalid(String detail) {
        return new CodedException(Issue.of(BundleError.SIGNATURE_UNREADABLE, FILE, detail));
    }

    /** Says whether this is the key's signature over these values. */
    boolean madeBy(Sm2PublicKey author) {
        byte[] value;
        try {
            value = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            throw new CodedException(Issue.of(BundleError.SIGNATURE_UNREADABLE, FILE, "signature, expected Base64"), e);
        }
        return author.verifies(signed(), value);
    }

    /** One value a line: no value has a line end. */
    private byte[] signed() {
        return String.join("\n", PURPOSE, ALGORITHM, author, key, id, version, digest, time.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] json() {
        ObjectNode root = JSON.createObjectNode()
                .put("algorithm", ALGORITHM)
                .put("author", author)
                .put("key", key)
                .put("id", id)
                .put("version", version)
                .put("digest", digest)
                .put("time", time.toString())
                .put("signature", signature);
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
