package org.tongmai.routes.engine.bundle.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.node.LocationJsonNodeFactoryFactory;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/** A JSON file that remembers its lines, and how it is held against a JSON Schema. */
final class JsonDocument {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxDocumentLength(128 * 1024)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(BoundedPattern::new)
            .build();

    private final String name;
    private final ErrorCode code;
    private final JsonNode root;

    private JsonDocument(String name, ErrorCode code, JsonNode root) {
        this.name = name;
        this.code = code;
        this.root = root;
    }

    /** @param code what every violation of this file is reported as */
    static Optional<JsonDocument> parse(String name, String text, ErrorCode code, List<Issue> violations) {
        try {
            JsonNode root = JsonNodes.readTree(JSON, text, LocationJsonNodeFactoryFactory.getInstance());
            if (root != null && root.isObject()) {
                return Optional.of(new JsonDocument(name, code, root));
            }
            violations.add(Issue.of(code, name + ":1", "expected an object"));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            JsonLocation at = e.getCause() instanceof JsonProcessingException json ? json.getLocation() : null;
            violations.add(Issue.of(code, name + ":" + (at == null ? 1 : at.getLineNr()), "not JSON, or a key twice"));
        }
        return Optional.empty();
    }

    /** Compiles a schema of the platform's own, from beside this class. */
    static JsonSchema schema(String resource) {
        try (InputStream file = JsonDocument.class.getResourceAsStream(resource)) {
            return schema(JSON.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    static JsonSchema schema(JsonNode schema) {
        return SCHEMAS.getSchema(schema, CONFIG);
    }

    JsonNode root() {
        return root;
    }

    /** Reports every violation of the schema with its line; answers whether there was none. */
    boolean keeps(JsonSchema schema, List<Issue> violations) {
        List<ValidationMessage> found = List.copyOf(schema.validate(root));
        for (ValidationMessage message : found) {
            JsonNode at = JsonNodes.get(root, message.getInstanceLocation());
            String property = message.getProperty();
            JsonNode where = property != null && at.has(property) ? at.get(property) : at;
            violation(where, path(message) + detail(message), violations);
        }
        return found.isEmpty();
    }

    void violation(JsonNode at, String detail, List<Issue> violations) {
        violations.add(Issue.of(code, location(at), detail));
    }

    /** {@code file:line}; of the value, which is where the key is as a rule. */
    String location(JsonNode node) {
        return name + ":" + Math.max(1, JsonNodes.tokenLocationOf(node).getLineNr());
    }

    /** JSON Pointer without the first slash. */
    private static String path(ValidationMessage message) {
        String path = message.getInstanceLocation().toString();
        return path.isEmpty() ? "" : path.substring(1) + ": ";
    }

    /** What was expected; never the value that was found. */
    static String detail(ValidationMessage message) {
        return switch (message.getType()) {
            case "additionalProperties" -> message.getProperty() + " is not a key here";
            case "required" -> message.getProperty() + " is missing";
            default -> "expected " + message.getType() + " " + message.getSchemaNode();
        };
    }
}
