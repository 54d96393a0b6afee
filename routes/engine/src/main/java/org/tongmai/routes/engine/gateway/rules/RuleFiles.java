package org.tongmai.routes.engine.gateway.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.PlainName;

/** Rules as JSON: unknown members are refused, times are ISO 8601, and the same rules are always the same text. */
public final class RuleFiles {
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
    private static final ObjectMapper MAPPER = mapper();

    private RuleFiles() {}

    /** @throws CodedException {@link GatewayError#RULES_INVALID} with line and column */
    public static RuleSet read(String json) {
        try {
            RuleSet rules = MAPPER.readValue(json, RuleSet.class);
            if (rules == null) {
                throw new CodedException(
                        Issue.of(GatewayError.RULES_INVALID, "", "expected: " + expected(RuleSet.class)));
            }
            return rules;
        } catch (JsonMappingException e) {
            throw invalid(path(e), place(e), e);
        } catch (JsonProcessingException e) {
            throw invalid("", place(e), e);
        }
    }

    /** The text of rules: members in the order of the alphabet. */
    public static String write(RuleSet rules) {
        try {
            return MAPPER.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rules without a text", e);
        }
    }

    /** SM3 of the text, as hex. */
    public static String digest(RuleSet rules) {
        return digest(write(rules));
    }

    /** The same of a text that is there: another version may have written it otherwise. */
    public static String digest(String text) {
        return Sm3.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CodedException invalid(String where, String detail, JsonProcessingException cause) {
        return new CodedException(Issue.of(GatewayError.RULES_INVALID, where, detail), cause);
    }

    private static String place(JsonProcessingException e) {
        // What is nested too deep, or too long, has no place.
        return e.getLocation() == null
                ? words(e)
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": " + words(e);
    }

    /** In words of ours: Jackson's quote what they are about, and that may be a key in the wrong place. */
    private static String words(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "no such member";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected: " + expected(mismatch.getTargetType());
        }
        if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")) {
            return "a member twice";
        }
        if (e instanceof StreamConstraintsException) {
            return "nested too deep, or too long";
        }
        return e instanceof JsonParseException ? "not JSON" : "can not be read";
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == Duration.class || type == Instant.class) {
            return "ISO 8601";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a number or true or false" : "an object";
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        e.getPath()
                .forEach(step -> path.append(
                        step.getFieldName() == null
                                ? "[" + step.getIndex() + "]"
                                : (path.isEmpty() ? "" : ".") + PlainName.of(step.getFieldName())));
        return path.toString();
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(50)
                        .maxStringLength(MOST_CHARACTERS)
                        .build())
                .build();
        SimpleModule times = new SimpleModule();
        times.addDeserializer(Duration.class, new TimeReader<>(Duration.class, Duration::parse));
        times.addDeserializer(Instant.class, new TimeReader<>(Instant.class, Instant::parse));
        times.addSerializer(Duration.class, new TimeWriter<>(Duration.class));
        times.addSerializer(Instant.class, new TimeWriter<>(Instant.class));
        return JsonMapper.builder(factory)
                .addModule(times)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .build();
    }

    private static final class TimeReader<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parse;

        TimeReader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return parse.apply(value);
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(value, handledType(), "expected: ISO 8601");
            }
        }
    }

    private static final class TimeWriter<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        TimeWriter(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }
}
