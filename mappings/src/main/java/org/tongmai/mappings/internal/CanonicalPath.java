package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalResource;

/**
 * A dotted path into a delivery: {@code Patient.name.text} (the first resource of the type that is not inactive; the
 * first entry of every list), {@code Patient.identifier[system=urn:x].value} and {@code [system!=urn:x]} (the first
 * entry whose element is, or is not, that), {@code [text$=HR]} (that ends with it; a filter's element
 * may lie deeper, {@code [function.coding.code=AP]}), {@code event.messageId}, {@code event.event}, {@code event.occurredAt}.
 */
final class CanonicalPath {
    private final String text;
    private final String root;
    private final List<Step> steps;
    private final DateTimeFormatter times;

    /** One step with an optional filter. */
    private record Step(String name, String filter, Comparison comparison, String value) {
        boolean takes(JsonNode entry) {
            return filter == null || comparison.holds(first(entry, filter).asText(), value);
        }
    }

    /** The element at a dotted path, the first entry of every list. */
    private static JsonNode first(JsonNode entry, String path) {
        JsonNode node = entry;
        for (String name : path.split("\\.")) {
            JsonNode child = node.path(name);
            node = child.isArray() ? child.path(0) : child;
        }
        return node;
    }

    /** How an entry's element is compared with what a filter says. */
    private enum Comparison {
        IS,
        IS_NOT,
        ENDS_WITH;

        /** @param beforeEquals the character in front of the equals sign */
        static Comparison of(char beforeEquals) {
            return beforeEquals == '!' ? IS_NOT : beforeEquals == '$' ? ENDS_WITH : IS;
        }

        boolean holds(String found, String value) {
            return switch (this) {
                case IS -> found.equals(value);
                case IS_NOT -> !found.equals(value);
                case ENDS_WITH -> found.endsWith(value);
            };
        }
    }

    private CanonicalPath(String text, String root, List<Step> steps, ZoneId zone) {
        this.text = text;
        this.root = root;
        this.steps = steps;
        this.times = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(zone);
    }

    /** Reads a path; null when FHIR R4 has no such element. */
    static CanonicalPath parse(String text, FhirTypes types, ZoneId zone) {
        List<String> parts = split(text);
        String root = parts.get(0);
        List<Step> steps = new ArrayList<>();
        boolean event = root.equals("event");
        FhirTypes.Element element = event ? null : types.root(root);
        for (String part : parts.subList(1, parts.size())) {
            Step step = step(part);
            element = element == null ? null : types.child(element, step.name());
            if (element == null && !event) {
                return null;
            }
            steps.add(step);
        }
        boolean known = event ? List.of("messageId", "event", "occurredAt").contains(lastName(steps)) : element != null;
        return known && !steps.isEmpty() ? new CanonicalPath(text, root, steps, zone) : null;
    }

    private static String lastName(List<Step> steps) {
        return steps.size() == 1 ? steps.get(0).name() : "";
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '.' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Step step(String part) {
        int open = part.indexOf('[');
        if (open < 0) {
            return new Step(part, null, Comparison.IS, null);
        }
        String inside = part.substring(open + 1, part.length() - 1);
        int sign = inside.indexOf('=');
        Comparison comparison = Comparison.of(sign > 0 ? inside.charAt(sign - 1) : ' ');
        String filter = inside.substring(0, comparison == Comparison.IS ? sign : sign - 1);
        return new Step(part.substring(0, open), filter, comparison, inside.substring(sign + 1));
    }

    /** What stands there, or an empty string. */
    String text(CanonicalDelivery delivery, CanonicalResource lineOf) {
        if (root.equals("event")) {
            return switch (steps.get(0).name()) {
                case "messageId" -> Long.toString(delivery.event().messageId());
                case "event" -> delivery.event().event();
                default -> times.format(delivery.event().occurredAt().truncatedTo(ChronoUnit.SECONDS));
            };
        }
        JsonNode node = start(delivery, lineOf);
        for (Step step : steps) {
            node = entry(node.path(step.name()), step);
        }
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    private JsonNode start(CanonicalDelivery delivery, CanonicalResource lineOf) {
        if (lineOf != null && lineOf.type().equals(root)) {
            return lineOf.content();
        }
        JsonNode found = null;
        for (CanonicalResource resource : delivery.resources()) {
            if (resource.type().equals(root)) {
                boolean inactive = resource.content().path("active").isBoolean()
                        && !resource.content().path("active").booleanValue();
                if (!inactive) {
                    return resource.content();
                }
                found = found == null ? resource.content() : found;
            }
        }
        return found == null ? MissingNode.getInstance() : found;
    }

    private static JsonNode entry(JsonNode node, Step step) {
        if (!node.isArray()) {
            return node;
        }
        for (JsonNode each : node) {
            if (step.takes(each)) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    @Override
    public String toString() {
        return text;
    }
}
