package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;

/** What of HTML, SVG and addresses bears script: {@code html-elements.csv}, {@code html-events.csv}, {@code url-schemes.csv}. */
final class MarkupTables {
    private final Map<String, Set<String>> elements = new HashMap<>();
    private final Set<String> events = new HashSet<>();
    private final Map<String, Set<String>> schemes = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();

    MarkupTables() {
        Tables.rows("html-elements.csv", row -> elements.put(row.cell(0), Tables.words(row.cell(1))));
        Tables.rows("html-events.csv", row -> events.addAll(Tables.words(row.cell(0))));
        Tables.rows("url-schemes.csv", row -> kind(schemes, row.cell(1)).add(row.cell(0)));
        Tables.rows("script-names.csv", row -> kind(names, row.cell(0)).addAll(Tables.words(row.cell(1))));
    }

    private static Set<String> kind(Map<String, Set<String>> kinds, String kind) {
        return kinds.computeIfAbsent(kind, name -> new HashSet<>());
    }

    /** Whether an element bears script, with the attributes it has. */
    boolean bearsScript(Tag tag) {
        Set<String> needed = elements.get(tag.name());
        return needed != null
                && (needed.contains("*")
                        || needed.stream().anyMatch(name -> tag.attributes().containsKey(name)));
    }

    boolean isEvent(String attribute) {
        return events.contains(attribute);
    }

    boolean isScriptScheme(String scheme) {
        return schemes.get("script").contains(scheme);
    }

    boolean isDocumentType(String mediaType) {
        return schemes.get("document").contains(mediaType);
    }

    /** Whether a name of a script, in lower case, is of a kind of {@code script-names.csv}. */
    boolean isName(String kind, String name) {
        return names.get(kind).contains(name);
    }
}
