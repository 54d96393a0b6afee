package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.mappings.internal.FhirTypes;

/**
 * The element a row writes when a message is read, as the place it is read from.
 *
 * @param steps from the resource or data type down
 * @param type FHIR type of the element
 */
record BackPath(List<Step> steps, String type) {
    /**
     * One step.
     *
     * @param name JSON name
     * @param list whether it repeats
     * @param slot which entries of the list belong to the row; null where the element does not repeat
     */
    record Step(String name, boolean list, Slot slot) {}

    /** The rest of the path behind a step. */
    List<Step> behind(int step) {
        return steps.subList(step + 1, steps.size());
    }

    /** What stands at the end of steps, whichever entries of lists they lead through. */
    static List<JsonNode> all(JsonNode from, List<Step> steps) {
        List<JsonNode> found = List.of(from);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                JsonNode child = node.get(step.name());
                if (child != null && child.isArray()) {
                    child.forEach(next::add);
                } else if (child != null) {
                    next.add(child);
                }
            }
            found = next;
        }
        return found;
    }

    /**
     * Whether an element is there: {@code path}, {@code path=value}, {@code path=*end}, or {@code path!=value} for one that holds
     * something else.
     */
    static boolean has(JsonNode resource, String element) {
        int sign = element.indexOf('=');
        boolean other = sign > 0 && element.charAt(sign - 1) == '!';
        String path = sign < 0 ? element : element.substring(0, other ? sign - 1 : sign);
        List<Step> steps = new ArrayList<>();
        for (String name : path.split("\\.")) {
            steps.add(new Step(name, false, null));
        }
        List<JsonNode> found = all(resource, steps);
        String wanted = element.substring(sign + 1);
        boolean same = sign < 0 || found.stream().anyMatch(node -> matches(node.asText(), wanted));
        return !found.isEmpty() && same != other;
    }

    private static boolean matches(String text, String wanted) {
        return wanted.startsWith("*") ? text.endsWith(wanted.substring(1)) : text.equals(wanted);
    }

    /** Reads a path; null when FHIR R4 has no such element, which is refused where the row is compiled forwards. */
    static BackPath parse(String text, String root, FhirTypes types, BackMap map) {
        FhirTypes.Element element = types.root(root);
        String[] parts = text.split("\\.");
        List<Step> steps = new ArrayList<>();
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            int bracket = parts[i].indexOf('[');
            String name = bracket < 0 ? parts[i] : parts[i].substring(0, bracket);
            FhirTypes.Element child = element == null ? null : types.child(element, name);
            if (child == null) {
                return null;
            }
            boolean last = i == parts.length - 1;
            String json = !last && child.primitive() ? "_" + name : name;
            Slot slot = null;
            if (child.list()) {
                String token = bracket >= 0 ? parts[i].substring(bracket) : last ? Slot.APPENDED : "";
                slot = map.slot(prefix + "." + name, token);
            }
            prefix.append('.').append(parts[i]);
            steps.add(new Step(json, child.list(), slot));
            element = child;
        }
        return new BackPath(List.copyOf(steps), element.type());
    }
}
