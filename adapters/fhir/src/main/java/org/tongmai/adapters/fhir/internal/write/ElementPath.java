package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds elements of a resource by the part of FHIRPath that patches are written in: names, indexes, {@code first()},
 * {@code last()}, {@code where(name = 'text' and …)} and {@code extension('url')}. The rest of the language is refused:
 * an expression of somebody else could keep a processor busy for hours.
 */
final class ElementPath {
    private static final int LONGEST = 500;
    private static final String NAME = "[A-Za-z][A-Za-z0-9]{0,63}";
    private static final String TEXT = "'[^'\\\\]{0,200}'";
    private static final String TEST = NAME + "(?:\\." + NAME + ")*\\s*=\\s*" + TEXT;
    private static final Pattern STEP = Pattern.compile("\\.?(?:(?<name>[A-Za-z][A-Za-z0-9]{0,63}+)(?!\\()"
            + "|(?<first>first|last)\\(\\)"
            + "|where\\((?<where>" + TEST + "(?:\\s+and\\s+" + TEST + "){0,9})\\)"
            + "|extension\\((?<extension>" + TEXT + ")\\))"
            + "|\\[(?<index>[0-9]{1,6})]");
    private static final Pattern ONE_TEST =
            Pattern.compile("(?<path>" + NAME + "(?:\\." + NAME + ")*)\\s*=\\s*(?<text>" + TEXT + ")");

    private ElementPath() {}

    /**
     * An element and where it hangs.
     *
     * @param holder the object it is a field of, also where it is in a list
     * @param field its name in JSON; empty for the resource itself
     * @param index its place in the list, or -1
     * @param names the names that lead to it, as JSON has them
     */
    record Found(ObjectNode holder, String field, int index, List<String> names) {
        JsonNode value() {
            if (field.isEmpty()) {
                return holder;
            }
            JsonNode all = holder.get(field);
            return index < 0 ? all : all.get(index);
        }
    }

    /** The elements that a path leads to; the resource itself is one without a field. */
    static List<Found> find(String path, String type, ObjectNode resource) {
        if (path.length() > LONGEST || !path.equals(type) && !path.startsWith(type + ".")) {
            throw new IllegalArgumentException("expected a path that begins with the type, at most 500 characters");
        }
        List<Found> found = List.of(new Found(resource, "", -1, List.of()));
        Matcher step = STEP.matcher(path);
        int at = type.length();
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new IllegalArgumentException("expected names, indexes, first(), last(), where() and extension()");
            }
            found = next(found, step);
            at = step.end();
        }
        return found;
    }

    private static List<Found> next(List<Found> found, Matcher step) {
        if (step.group("name") != null) {
            return children(found, step.group("name"));
        }
        if (step.group("extension") != null) {
            String url = unquoted(step.group("extension"));
            return children(found, "extension").stream()
                    .filter(each -> each.value().path("url").asText().equals(url))
                    .toList();
        }
        if (step.group("where") != null) {
            return found.stream()
                    .filter(each -> holds(each.value(), step.group("where")))
                    .toList();
        }
        int last = found.size() - 1;
        int index = step.group("index") != null
                ? Integer.parseInt(step.group("index"))
                : step.group("first").equals("first") ? 0 : last;
        return index < 0 || index > last ? List.of() : List.of(found.get(index));
    }

    private static List<Found> children(List<Found> found, String name) {
        List<Found> children = new ArrayList<>();
        for (Found parent : found) {
            if (parent.value() instanceof ObjectNode object) {
                String field = fieldOf(object, name);
                List<String> names = new ArrayList<>(parent.names());
                names.add(field);
                if (object.get(field) instanceof ArrayNode list) {
                    for (int i = 0; i < list.size(); i++) {
                        children.add(new Found(object, field, i, names));
                    }
                } else if (object.has(field)) {
                    children.add(new Found(object, field, -1, names));
                }
            }
        }
        return children;
    }

    /** An element of a choice of types has its type in its name: {@code value} is {@code valueQuantity}. */
    private static String fieldOf(ObjectNode object, String name) {
        if (!object.has(name)) {
            for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
                String field = fields.next();
                if (field.startsWith(name) && Character.isUpperCase(field.charAt(name.length()))) {
                    return field;
                }
            }
        }
        return name;
    }

    private static boolean holds(JsonNode value, String tests) {
        Matcher test = ONE_TEST.matcher(tests);
        while (test.find()) {
            if (!anyIs(value, test.group("path").split("\\."), 0, unquoted(test.group("text")))) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyIs(JsonNode value, String[] path, int depth, String text) {
        if (value.isArray()) {
            for (JsonNode each : value) {
                if (anyIs(each, path, depth, text)) {
                    return true;
                }
            }
            return false;
        }
        return depth == path.length
                ? value.isValueNode() && value.asText().equals(text)
                : anyIs(value.path(path[depth]), path, depth + 1, text);
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }
}
