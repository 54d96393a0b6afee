package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.internal.FhirTypes;

/**
 * A path into a FHIR resource, to read and to write: {@code name.text}, {@code identifier[system=urn:x].value} (the
 * entry whose element is that; written, made when it is not there), {@code value[x]} at the end (whatever choice).
 */
final class ElementPath {
    private static final String CHOICE = "[x]";
    private static final Set<String> PRIMITIVES =
            Set.of("String", "DateTime", "Date", "Instant", "Time", "Integer", "Boolean", "Decimal", "Code", "Uri");

    private final String text;
    private final List<Step> steps;
    private final String type;

    /** One step; {@code filter} and {@code wanted} are null where every entry is meant. */
    private record Step(String name, boolean list, ElementPath filter, String wanted) {}

    /** A value and its FHIR type. */
    record Typed(String type, JsonNode node) {}

    private ElementPath(String text, List<Step> steps, String type) {
        this.text = text;
        this.steps = steps;
        this.type = type;
    }

    /** Reads a path below a type; null when FHIR R4 has no such element. */
    static ElementPath parse(String text, FhirTypes types, String root) {
        FhirTypes.Element element = types.root(root);
        List<Step> steps = new ArrayList<>();
        for (String part : split(text)) {
            if (part.endsWith(CHOICE)) {
                String name = part.substring(0, part.length() - CHOICE.length());
                return element == null ? null : choice(text, steps, name);
            }
            int open = part.indexOf('[');
            String name = open < 0 ? part : part.substring(0, open);
            element = element == null ? null : types.child(element, name);
            if (element == null) {
                return null;
            }
            ElementPath filter = null;
            String wanted = null;
            if (open >= 0) {
                int sign = part.indexOf('=', open);
                filter = below(part.substring(open + 1, sign), types, element);
                wanted = part.substring(sign + 1, part.length() - 1);
                if (filter == null) {
                    return null;
                }
            }
            steps.add(new Step(name, element.list(), filter, wanted));
        }
        return element == null ? null : new ElementPath(text, steps, element.type());
    }

    private static ElementPath choice(String text, List<Step> steps, String name) {
        steps.add(new Step(name, false, null, null));
        return new ElementPath(text, steps, CHOICE);
    }

    private static ElementPath below(String text, FhirTypes types, FhirTypes.Element start) {
        List<Step> steps = new ArrayList<>();
        FhirTypes.Element element = start;
        for (String name : text.split("\\.")) {
            element = types.child(element, name);
            if (element == null) {
                return null;
            }
            steps.add(new Step(name, element.list(), null, null));
        }
        return new ElementPath(text, steps, element.type());
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int open = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '.' && open == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** FHIR type of what stands there; {@code [x]} for a choice. */
    String type() {
        return type;
    }

    /** Whether each value written becomes an entry of its own in a list of the resource. */
    boolean appends() {
        return steps.size() == 1 && steps.get(0).list() && steps.get(0).filter() == null;
    }

    /** All values, each with its type. */
    List<Typed> values(JsonNode from) {
        List<JsonNode> found = List.of(from);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (type.equals(CHOICE) && i == steps.size() - 1) {
                return choices(found, step.name());
            }
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                collect(node.path(step.name()), step, next);
            }
            found = next;
        }
        return found.stream().map(node -> new Typed(type, node)).toList();
    }

    private static List<Typed> choices(List<JsonNode> found, String name) {
        List<Typed> values = new ArrayList<>();
        for (JsonNode node : found) {
            Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                String key = field.getKey();
                if (key.startsWith(name)
                        && key.length() > name.length()
                        && Character.isUpperCase(key.charAt(name.length()))) {
                    values.add(new Typed(typeName(key.substring(name.length())), field.getValue()));
                }
            }
        }
        return values;
    }

    /** {@code valueDateTime} holds a dateTime, {@code valueQuantity} a Quantity. */
    private static String typeName(String suffix) {
        return PRIMITIVES.contains(suffix) ? Character.toLowerCase(suffix.charAt(0)) + suffix.substring(1) : suffix;
    }

    private static void collect(JsonNode node, Step step, List<JsonNode> found) {
        if (node.isArray()) {
            node.forEach(entry -> collect(entry, step, found));
        } else if (!node.isMissingNode() && !node.isNull() && matches(node, step)) {
            found.add(node);
        }
    }

    private static boolean matches(JsonNode node, Step step) {
        return step.filter() == null
                || step.filter().values(node).stream()
                        .anyMatch(value -> value.node().asText().equals(step.wanted()));
    }

    /** Whether something stands there. */
    boolean valued(JsonNode from) {
        return !values(from).isEmpty();
    }

    /** Writes a value; a list at the end without a condition gets one more entry. */
    void write(ObjectNode root, Typed value) {
        ObjectNode node = root;
        for (Step step : steps.subList(0, steps.size() - 1)) {
            node = entry(node, step);
        }
        Step last = steps.get(steps.size() - 1);
        if (type.equals(CHOICE)) {
            String kind =
                    Character.toUpperCase(value.type().charAt(0)) + value.type().substring(1);
            node.set(last.name() + kind, value.node());
        } else if (!last.list()) {
            put(node, last.name(), value.node());
        } else if (last.filter() == null) {
            array(node, last.name()).add(value.node());
        } else {
            add(entry(node, last), (ObjectNode) value.node());
        }
    }

    /** An object that is already there gets what it does not have. */
    private static void put(ObjectNode node, String name, JsonNode value) {
        if (node.get(name) instanceof ObjectNode there && value instanceof ObjectNode more) {
            add(there, more);
        } else {
            node.set(name, value);
        }
    }

    private static void add(ObjectNode there, ObjectNode more) {
        more.fields().forEachRemaining(field -> {
            if (!there.has(field.getKey())) {
                there.set(field.getKey(), field.getValue());
            }
        });
    }

    private static ObjectNode entry(ObjectNode node, Step step) {
        if (!step.list()) {
            JsonNode child = node.get(step.name());
            ObjectNode object = child instanceof ObjectNode there ? there : node.putObject(step.name());
            if (!matches(object, step)) {
                step.filter().write(object, new Typed("string", JsonNodeFactory.instance.textNode(step.wanted())));
            }
            return object;
        }
        ArrayNode entries = array(node, step.name());
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode object && matches(object, step)) {
                return object;
            }
        }
        ObjectNode made = entries.addObject();
        if (step.filter() != null) {
            step.filter().write(made, new Typed("string", JsonNodeFactory.instance.textNode(step.wanted())));
        }
        return made;
    }

    private static ArrayNode array(ObjectNode node, String name) {
        return node.get(name) instanceof ArrayNode array ? array : node.putArray(name);
    }

    @Override
    public String toString() {
        return text;
    }
}
