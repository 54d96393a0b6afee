package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.JsonTokens;
import org.tongmai.standards.error.CodedException;

/** Reads JSON that becomes XML: no member twice, not too deep, not too much. */
final class BoundedJson {
    private static final ObjectMapper JSON = mapper();
    /** Texts, numbers, names and brackets of one content: each becomes an object. */
    private static final int MOST_TOKENS = 200_000;

    private BoundedJson() {}

    /** @throws CodedException {@link GatewayError#CONTENT_NOT_CONVERTED} */
    static JsonNode read(String json) {
        try {
            requireFew(json);
            return JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw refused("found JSON that is too deep, or a text or number that is too long");
        } catch (JsonProcessingException e) {
            throw refused("found no JSON at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw refused("found no JSON");
        }
    }

    private static void requireFew(String json) throws IOException {
        try (JsonParser tokens = JSON.createParser(json)) {
            if (JsonTokens.areMoreThan(MOST_TOKENS, tokens)) {
                throw refused("expected at most " + MOST_TOKENS + " names, values and brackets");
            }
        }
    }

    private static CodedException refused(String detail) {
        return new Refused(GatewayError.CONTENT_NOT_CONVERTED, "", detail);
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build();
    }
}
