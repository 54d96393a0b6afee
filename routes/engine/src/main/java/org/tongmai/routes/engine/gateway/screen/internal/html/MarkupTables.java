package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;

/** What of HTML, SVG and addresses bears script: {@code html-elements.csv}, {@code html-events.csv}, {@code url-schemes.csv}. */
final class MarkupTables {
    /** When an attribute counts, by the mark before its name in {@code html-elements.csv}. */
    enum When {
        ALWAYS,
        /** Where it is the address of another server. */
        ELSEWHERE,
        /** Where it is, and its quote is still open: the page that follows becomes part of the address. */
        OPEN
    }

    /** First characters of all directives: nearly no attribute has one. */
    private static final String DIRECTIVES_BEGIN = "v@x:nd";

    private final Map<String, Map<String, When>> elements = new HashMap<>();
    private final Map<String, String> directives = new HashMap<>();
    private final Map<String, Set<String>> bare = new HashMap<>();
    private final Set<String> events = new HashSet<>();
    private final int longestDirective;
    private final Map<String, Set<String>> schemes = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();

    MarkupTables() {
        Tables.rows("html-elements.csv", row -> {
            bare.put(row.cell(0), Tables.words(row.cell(2)));
            return elements.put(row.cell(0), attributes(row.cell(1)));
        });
        Tables.rows("html-directives.csv", row -> {
            Tables.words(row.cell(0)).forEach(word -> directives.put(word, row.cell(1)));
            return directives;
        });
        this.longestDirective =
                directives.keySet().stream().mapToInt(String::length).max().orElse(0);
        Tables.rows("html-events.csv", row -> events.addAll(Tables.words(row.cell(0))));
        Tables.rows("url-schemes.csv", row -> kind(schemes, row.cell(1)).add(row.cell(0)));
        Tables.rows("script-names.csv", row -> kind(names, row.cell(0)).addAll(Tables.words(row.cell(1))));
    }

    private static Set<String> kind(Map<String, Set<String>> kinds, String kind) {
        return kinds.computeIfAbsent(kind, name -> new HashSet<>());
    }

    private static Map<String, When> attributes(String cell) {
        Map<String, When> attributes = new HashMap<>();
        for (String word : Tables.words(cell)) {
            When when = word.startsWith("//") ? When.ELSEWHERE : word.startsWith("'") ? When.OPEN : When.ALWAYS;
            attributes.put(word.replaceAll("^(//|')", ""), when);
        }
        return attributes;
    }

    /** Whether an element bears script, with the attributes it has. */
    boolean bearsScript(Tag tag) {
        Map<String, When> needed = elements.getOrDefault(tag.name(), Map.of());
        return needed.containsKey("*") || bears(tag, When.ALWAYS) || bears(tag, When.ELSEWHERE);
    }

    /** Whether one of an element's attributes counts so. */
    boolean bears(Tag tag, When when) {
        for (Map.Entry<String, When> attribute :
                elements.getOrDefault(tag.name(), Map.of()).entrySet()) {
            String value = tag.attributes().get(attribute.getKey());
            if (attribute.getValue() == when && value != null && (when == When.ALWAYS || Address.isElsewhere(value))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an element is listed, with whatever attributes. */
    boolean isElement(String name) {
        return elements.containsKey(name);
    }

    /** Whether servers carry out a comment that begins with this word. */
    boolean isServerInstruction(String word) {
        return isElement("#" + word.toLowerCase(Locale.ROOT));
    }

    /** How an attribute of a framework counts, {@code always} or {@code script}; empty where it is none. */
    String directive(String attribute) {
        boolean marked = attribute.indexOf('-') >= 0 || attribute.indexOf(':') >= 0 || attribute.indexOf('@') >= 0;
        if (!marked || DIRECTIVES_BEGIN.indexOf(attribute.charAt(0)) < 0) {
            return "";
        }
        String name = attribute.startsWith("data-ng") ? attribute.substring("data-".length()) : attribute;
        String whole = directives.get(name);
        if (whole != null) {
            return whole;
        }
        // No further than the table's names: those of a page may be as long as the page.
        for (int end = Math.min(name.length() - 1, longestDirective); end > 0; end--) {
            String reading = directives.get(name.substring(0, end) + "*");
            if (reading != null) {
                return reading;
            }
        }
        return "";
    }

    /** The same of an element of XML in no namespace, where many have names that HTML has too. */
    boolean bearsScriptInData(Tag tag) {
        Set<String> needed = bare.get(tag.name());
        return needed != null
                && (needed.contains("*")
                        || needed.stream().anyMatch(name -> tag.attributes().containsKey(name)));
    }

    boolean isEvent(String attribute) {
        return events.contains(attribute);
    }

    boolean isScriptScheme(String scheme) {
        return schemes.get("script").contains(scheme)
                || schemes.get("old script").contains(scheme);
    }

    /** Whether a scheme is one of script that is still run. */
    boolean runs(String scheme) {
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
