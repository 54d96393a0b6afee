package org.tongmai.routes.engine.bundle.sandbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** JSON, compared element by element; places are JSON pointers (RFC 6901). Decimals keep their digits. */
public final class JsonContent implements GoldenContent {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();
    private static final String NOTHING = "nothing";

    @Override
    public List<Difference> compare(byte[] found, byte[] pattern) {
        List<Difference> differences = new ArrayList<>();
        JsonNode expected;
        try {
            expected = JSON.readTree(pattern);
        } catch (IOException e) {
            return List.of(new Difference("", "text", "JSON"));
        }
        compare("", read(found), expected, differences);
        return differences;
    }

    @Override
    public byte[] generalised(byte[] content, byte[] other) {
        JsonNode pattern;
        try {
            pattern = JSON.readTree(other);
        } catch (IOException e) {
            pattern = JSON.missingNode(); // not JSON yet: there is nothing in it to keep
        }
        return write(generalised(read(content), pattern));
    }

    /** Reads it, decimals to their last digit; empty when it is none. */
    public static Optional<JsonNode> parse(byte[] content) {
        try {
            return Optional.of(JSON.readTree(content));
        } catch (IOException e) {
            return Optional.empty(); // the answer that was asked for
        }
    }

    /** As golden files are written: indented, with a line end at the end. */
    public static byte[] write(JsonNode node) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return (JSON.writer(printer).writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (IOException e) {
            return TextNode.valueOf(new String(content, StandardCharsets.UTF_8));
        }
    }

    private static void compare(String place, JsonNode found, JsonNode expected, List<Difference> differences) {
        if (expected.isTextual() && expected.textValue().equals(ANYTHING) && !found.isMissingNode()) {
            return;
        }
        if (found.isObject() && expected.isObject()) {
            Set<String> names = new TreeSet<>();
            found.fieldNames().forEachRemaining(names::add);
            expected.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String inner = place + "/" + name.replace("~", "~0").replace("/", "~1");
                compare(inner, found.path(name), expected.path(name), differences);
            }
        } else if (found.isArray() && expected.isArray()) {
            for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
                compare(place + "/" + i, found.path(i), expected.path(i), differences);
            }
        } else if (!found.equals(expected)) {
            differences.add(new Difference(place, shown(found), shown(expected)));
        }
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? NOTHING : node.toString();
    }

    private static JsonNode generalised(JsonNode content, JsonNode other) {
        if (content instanceof ObjectNode object && other.isObject()) {
            ObjectNode general = JSON.createObjectNode();
            object.properties()
                    .forEach(field ->
                            general.set(field.getKey(), generalised(field.getValue(), other.path(field.getKey()))));
            return general;
        }
        if (content instanceof ArrayNode array && other.isArray()) {
            ArrayNode general = JSON.createArrayNode();
            for (int i = 0; i < array.size(); i++) {
                general.add(generalised(array.get(i), other.path(i)));
            }
            return general;
        }
        boolean any = other.isTextual() && other.textValue().equals(ANYTHING);
        return any ? other : content;
    }

    /** The content with {@code *} where a second run gave something else. */
    static JsonNode varying(JsonNode first, JsonNode second) {
        if (first instanceof ObjectNode object && second.isObject()) {
            ObjectNode general = JSON.createObjectNode();
            object.properties()
                    .forEach(field ->
                            general.set(field.getKey(), varying(field.getValue(), second.path(field.getKey()))));
            return general;
        }
        if (first instanceof ArrayNode array && second.isArray() && array.size() == second.size()) {
            ArrayNode general = JSON.createArrayNode();
            for (int i = 0; i < array.size(); i++) {
                general.add(varying(array.get(i), second.get(i)));
            }
            return general;
        }
        return first.equals(second) ? first : TextNode.valueOf(ANYTHING);
    }

    @Override
    public byte[] varying(byte[] first, byte[] second) {
        return write(varying(read(first), read(second)));
    }
}
