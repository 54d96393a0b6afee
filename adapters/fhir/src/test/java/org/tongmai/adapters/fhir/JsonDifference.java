package org.tongmai.adapters.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two FHIR resources in JSON mean different things. Narrative is compared without white space between tags. */
final class JsonDifference {
    private JsonDifference() {}

    static void find(String path, JsonNode before, JsonNode after, List<String> found) {
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                find(path + "." + name, before.path(name), after.path(name), found);
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                find(path + "[" + i + "]", before.get(i), after.get(i), found);
            }
        } else if (path.endsWith(".div")) {
            if (!plain(before.asText()).equals(plain(after.asText()))) {
                found.add(path);
            }
        } else if (before.isNumber() && after.isNumber()) {
            // 1.50 is not 1.5 (FHIR R4, decimal).
            if (!before.decimalValue().equals(after.decimalValue())) {
                found.add(path + " has other digits");
            }
        } else if (!before.equals(after)) {
            found.add(path + (before.isMissingNode() ? " added" : after.isMissingNode() ? " lost" : " changed"));
        }
    }

    private static String plain(String div) {
        return div.replaceAll("\\s+", " ")
                .replaceAll("> ?<", "><")
                .replaceAll(" ?/>", "/>")
                .replace("'", "\"")
                .strip();
    }
}
