package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Reads, writes, merges and hashes resources as JSON. Decimals keep their digits: 1.50 stays 1.50
 * (FHIR R4, decimal).
 */
final class CanonicalJson {
    /** What was written can be read: bounds are for what comes in. */
    private static final StreamReadConstraints UNBOUNDED = StreamReadConstraints.builder()
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(UNBOUNDED).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(JsonNode.class);
    private static final ObjectReader READER = MAPPER.readerFor(ObjectNode.class);
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(CanonicalJson::sha256);

    private CanonicalJson() {}

    static byte[] write(ObjectNode content, String reference) {
        try {
            return WRITER.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            // The cause's text would quote the content.
            throw new CodedException(
                    Issue.of(CanonicalStoreError.INVALID_TEXT, typeOf(reference), "can not be written"));
        }
    }

    static ObjectNode read(byte[] content) {
        try {
            return READER.readValue(content);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The store wrote JSON that it can not read",
                    new IOException(e.getClass().getName()));
        }
    }

    static UUID hash(byte[] content) {
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(content));
        return new UUID(digest.getLong(), digest.getLong());
    }

    /** Says whether there is anything {@link #withoutTransient} would take out. */
    static boolean hasTransient(ObjectNode incoming) {
        if (incoming.has("meta")) {
            return true;
        }
        for (JsonNode value : incoming) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }

    /** Takes out what a resource does not keep: nulls, and the parts of meta that the store sets. */
    static ObjectNode withoutTransient(ObjectNode incoming) {
        ObjectNode content = incoming.objectNode();
        for (Iterator<Map.Entry<String, JsonNode>> fields = incoming.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getValue().isNull()) {
                put(content, field);
            }
        }
        return content;
    }

    /** Lays the incoming elements over the stored ones. Neither is changed; the answer shares their parts. */
    static ObjectNode merge(ObjectNode stored, ObjectNode incoming) {
        ObjectNode merged = stored.objectNode();
        merged.setAll(stored);
        for (Iterator<Map.Entry<String, JsonNode>> fields = incoming.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                put(merged, field);
            }
        }
        withoutReasons(merged, incoming);
        return merged;
    }

    /** A value that is sent takes the place of what was said about the one before, or about its absence. */
    private static void withoutReasons(ObjectNode merged, ObjectNode incoming) {
        merged.properties()
                .removeIf(field -> field.getKey().startsWith("_")
                        && !incoming.has(field.getKey())
                        && incoming.has(field.getKey().substring(1)));
    }

    static void stamp(ObjectNode content, int version, Instant lastUpdated) {
        ObjectNode meta = content.objectNode();
        meta.put("versionId", Integer.toString(version));
        meta.put("lastUpdated", lastUpdated.toString());
        if (content.get("meta") instanceof ObjectNode own) {
            meta.setAll(own);
        }
        content.set("meta", meta);
    }

    private static void put(ObjectNode content, Map.Entry<String, JsonNode> field) {
        if (field.getKey().equals("meta") && field.getValue() instanceof ObjectNode meta) {
            ObjectNode kept = meta.deepCopy();
            kept.remove("versionId");
            kept.remove("lastUpdated");
            if (kept.isEmpty()) {
                content.remove("meta");
            } else {
                content.set("meta", kept);
            }
        } else {
            content.set(field.getKey(), field.getValue());
        }
    }

    private static String typeOf(String reference) {
        return reference.substring(0, reference.indexOf('/'));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }
}
