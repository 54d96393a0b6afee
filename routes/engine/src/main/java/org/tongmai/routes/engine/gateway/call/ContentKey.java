package org.tongmai.routes.engine.gateway.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.Names;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.exchange.HttpCall;

/**
 * What of a content makes a difference to an answer that is kept: members of its JSON, fields of its form, or all of it. Only a
 * digest of that is kept.
 */
final class ContentKey {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int LARGEST = 1024 * 1024;
    /** Numbers as they are written: what is rounded could be another. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final QueryKey query;
    private final List<String> names;

    /** @param names of what makes a difference; empty for all */
    ContentKey(List<String> names) {
        this.names = names.stream().sorted().toList();
        this.query = new QueryKey(names);
    }

    /** Empty for a content that is too large to be looked at. */
    Optional<String> of(HttpCall call) {
        if (!call.content().isHeld() || call.content().length() > LARGEST) {
            return Optional.empty();
        }
        String type = String.join(",", call.fields().all("content-type"));
        String encoding = String.join(",", call.fields().all("content-encoding"));
        byte[] body = call.body();
        String chosen = names.isEmpty() || !encoding.isEmpty() ? null : chosen(MediaType.nameIn(type), body);
        byte[] counts = chosen == null ? body : chosen.getBytes(StandardCharsets.UTF_8);
        return Optional.of(type + '\n' + encoding + '\n' + (chosen == null ? "all " : "chosen ") + Sm3.hex(counts));
    }

    /** Null for what has not one reading, or none that is known here: then all of it counts. */
    private String chosen(String type, byte[] body) {
        if (type.equals(FORM)) {
            return query.of(new String(body, StandardCharsets.UTF_8)).orElse(null);
        }
        return type.equals("application/json") || type.endsWith("+json") ? members(body) : null;
    }

    private String members(byte[] body) {
        JsonNode content;
        try {
            content = JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
        if (!content.isObject() || hasLookAlikes(content)) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (content.has(name)) {
                text.append(name).append('=').append(content.get(name)).append('\n');
            }
        }
        return text.toString();
    }

    private boolean isLookAlike(String member) {
        return !names.contains(member) && names.stream().anyMatch(name -> Names.membersAlike(name, member));
    }

    /** A member the service might take for one that makes a difference. */
    private boolean hasLookAlikes(JsonNode content) {
        return content.properties().stream().anyMatch(member -> isLookAlike(member.getKey()));
    }
}
