package org.tongmai.routes.engine.gateway.ownership;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.request.JsonTokens;
import org.tongmai.routes.engine.gateway.request.Names;

/** Reads identifiers at a pointer (RFC 6901, {@code *} for every element) in JSON that has one reading only. */
final class JsonPlaces {
    static final String EVERY = "*";
    private static final int DEEPEST = 100;
    /** Values at one place; the lists of an answer are long, and say the same person again and again. */
    private static final int MOST = 10_000;
    /** Texts, numbers, names and brackets: each becomes an object, of a hundred bytes. */
    private static final int MOST_TOKENS = 200_000;
    /** Of an answer, which is a service's own. */
    private static final int MOST_OF_AN_ANSWER = 1_000_000;

    /** Members by which some readers take an object's content from elsewhere: JavaScript's prototypes, fastjson's references. */
    private static final Set<String> LEADING_ELSEWHERE = Set.of("__proto__", "$ref");

    private static final long LARGEST_EXACT = (1L << 53) - 1;
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final GatewayError error;
    private final String where;

    /** @param error what it is when it can not be read */
    JsonPlaces(GatewayError error, String where) {
        this.error = error;
        this.where = where;
    }

    /** The steps of a pointer. */
    static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        for (String step : pointer.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    JsonNode read(byte[] content) {
        try {
            String text = CallParameters.text(content);
            requireFew(text);
            JsonNode node = STRICT.readTree(text);
            if (node == null || !node.isContainerNode()) {
                throw refuse("no object and no list");
            }
            return node;
        } catch (IOException e) {
            throw refuse("no JSON, or with a member twice");
        }
    }

    private void requireFew(String text) throws IOException {
        int most = error == GatewayError.ANSWER_UNREADABLE ? MOST_OF_AN_ANSWER : MOST_TOKENS;
        if (text.length() <= most) {
            return; // a token has a character
        }
        try (JsonParser tokens = STRICT.createParser(text)) {
            if (JsonTokens.areMoreThan(most, tokens)) {
                throw refuse("expected: at most " + most + " names, values and brackets");
            }
        }
    }

    /**
     * Every value at the pointer.
     *
     * @param empty what a null on the way means: nothing there, or something that can not be read
     */
    List<String> values(JsonNode root, List<String> steps, Nothing empty) {
        List<String> values = new ArrayList<>();
        collect(root, steps, empty, values);
        return values;
    }

    /** Whether a value is one text for every reader: beyond 2^53 - 1 many round a number to another (RFC 8259, 6). */
    static boolean isReadable(JsonNode value) {
        long number = value.canConvertToLong() ? value.longValue() : Long.MAX_VALUE;
        boolean exact = value.isIntegralNumber() && number <= LARGEST_EXACT && number >= -LARGEST_EXACT;
        return value.isTextual() || exact;
    }

    /** What a null before the end of a pointer means. */
    enum Nothing {
        /** Nobody's data is there. */
        HOLDS_NOTHING,
        /** What should be there is not. */
        IS_UNREADABLE
    }

    private void collect(JsonNode node, List<String> steps, Nothing empty, List<String> values) {
        if (steps.isEmpty()) {
            if (!isReadable(node) || values.size() >= MOST) {
                throw refuse("expected: a text, or a whole number below 2^53");
            }
            values.add(node.asText());
            return;
        }
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (node.isNull() && empty == Nothing.HOLDS_NOTHING) {
            return;
        }
        if (step.equals(EVERY) && node.isArray()) {
            node.forEach(each -> collect(each, rest, empty, values));
        } else if (node.isObject() && !step.equals(EVERY)) {
            collect(member(node, step), rest, empty, values);
        } else {
            throw refuse("found: " + node.getNodeType());
        }
    }

    private JsonNode member(JsonNode object, String name) {
        int alike = 0;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            alike += Names.membersAlike(member.getKey(), name) ? 1 : 0;
        }
        if (error != GatewayError.ANSWER_UNREADABLE
                && LEADING_ELSEWHERE.stream().anyMatch(object::has)) {
            throw refuse("found: a member that leads elsewhere");
        }
        JsonNode found = object.get(name);
        if (alike != 1 || found == null) {
            throw refuse("found: " + alike + " (expected: 1)");
        }
        return found;
    }

    private Refused refuse(String detail) {
        return new Refused(error, where, detail);
    }
}
