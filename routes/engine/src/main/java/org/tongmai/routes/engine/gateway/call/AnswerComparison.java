package org.tongmai.routes.engine.gateway.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.gateway.CopyFigures.Difference;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.standards.error.PlainName;
import org.tongmai.standards.exchange.HttpAnswer;

/** Says where two answers differ, without saying what they hold. */
final class AnswerComparison {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrafficRule.Copy rule;

    AnswerComparison(TrafficRule.Copy rule) {
        this.rule = rule;
    }

    Optional<Difference> difference(HttpAnswer one, HttpAnswer other, Instant at) {
        if (one.status() != other.status()) {
            return found(at, "status", one.status() + ", copy: " + other.status());
        }
        return switch (rule.compare()) {
            case STATUS -> Optional.empty();
            case MEMBERS -> members(read(one), read(other), at);
            case CONTENT -> contents(one, other, at);
        };
    }

    private Optional<Difference> members(JsonNode one, JsonNode other, Instant at) {
        if (one == null || other == null) {
            return found(at, "content", kind(one) + ", copy: " + kind(other));
        }
        for (String pointer : rule.members()) {
            Optional<Difference> found = compared(one.at(pointer), other.at(pointer), pointer, at);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> contents(HttpAnswer one, HttpAnswer other, Instant at) {
        JsonNode left = read(one);
        JsonNode right = read(other);
        if (left != null && right != null) {
            return compared(left, right, "", at);
        }
        return Arrays.equals(one.body(), other.body())
                ? Optional.empty()
                : found(at, "content", one.body().length + " bytes, copy: " + other.body().length);
    }

    /** The first place where two trees differ; 1 and 1.0 do not. */
    private Optional<Difference> compared(JsonNode one, JsonNode other, String where, Instant at) {
        if (one.isObject() && other.isObject()) {
            return comparedMembers(one, other, where, at);
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                Optional<Difference> found = compared(one.get(i), other.get(i), where + '/' + i, at);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        boolean alike = one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
        return alike ? Optional.empty() : found(at, where, kind(one) + ", copy: " + kind(other));
    }

    private Optional<Difference> comparedMembers(JsonNode one, JsonNode other, String where, Instant at) {
        for (Iterator<Map.Entry<String, JsonNode>> i = one.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> member = i.next();
            String place = where + '/' + PlainName.of(member.getKey());
            Optional<Difference> found = compared(member.getValue(), other.path(member.getKey()), place, at);
            if (found.isPresent()) {
                return found;
            }
        }
        for (Iterator<String> i = other.fieldNames(); i.hasNext(); ) {
            String name = i.next();
            if (!one.has(name)) {
                return found(at, where + '/' + PlainName.of(name), "missing, copy: " + kind(other.get(name)));
            }
        }
        return Optional.empty();
    }

    private static String kind(JsonNode node) {
        return node == null ? "not JSON" : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static JsonNode read(HttpAnswer answer) {
        try {
            JsonNode read = JSON.readTree(answer.body());
            return read == null || read.isMissingNode() ? null : read;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static Optional<Difference> found(Instant at, String where, String detail) {
        return Optional.of(new Difference(at, where, detail));
    }
}
