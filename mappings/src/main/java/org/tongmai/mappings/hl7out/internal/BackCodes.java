package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.standards.terminology.ConceptMap;

/**
 * Concept maps read backwards. Where several codes of HL7 become the one at hand, the row of {@code preferred-codes.csv}
 * decides, else the code that is spelled the same, else the first of the table. What a map does not lead to is written as
 * it is where the field takes any code, and left out where it takes only the table's.
 */
final class BackCodes {
    /** What a sender added to an HL7 table, or its units, as rules of types made it the sender's own (TypeRules). */
    private static final Pattern OF_SENDER = Pattern.compile("urn:tongmai:[^:]*:(?:v2-(\\d{4})|units)");

    private final ConceptMap systems;
    private final Map<String, PreferredCode> preferred;

    /** @param preferred by {@code <map>|<target code>} */
    BackCodes(ConceptMap systems, Map<String, PreferredCode> preferred) {
        this.systems = systems;
        this.preferred = preferred;
    }

    /** Whether the code is to wait until everything else is written: the field may then say it. */
    boolean waits(ConceptMap map, JsonNode value) {
        String code = value.isTextual()
                ? value.asText()
                : value.path("code").asText(value.at("/coding/0/code").asText(""));
        PreferredCode chosen = preferred.get(map.name() + "|" + code);
        List<String> sources = map.sources(code);
        return sources.size() > 1 && (chosen == null ? !sources.contains(code) : chosen.last());
    }

    /** Writes a code, Coding or CodeableConcept; says whether anything was written. */
    boolean write(ConceptMap map, JsonNode value, Cell cell) {
        if (value.isTextual() || value.isBoolean()) {
            return source(map, value.asText(), "", cell);
        }
        List<JsonNode> codings = new ArrayList<>();
        if (value.has("coding")) {
            value.path("coding").forEach(codings::add);
        } else if (value.has("code")) {
            codings.add(value);
        }
        JsonNode translated = null;
        for (JsonNode coding : codings) {
            if (translated == null && fits(map, coding) && source(map, coding, first(cell))) {
                translated = coding;
            }
        }
        boolean wrote = translated != null;
        if (cell.level() == Cell.Level.COMPONENT && wrote) {
            return true; // a code in a component (ID, IS) has no name beside it
        }
        codings.remove(translated);
        int place = wrote ? 4 : 1;
        for (JsonNode coding : codings) {
            boolean kept = coding.path("system").asText("").startsWith("urn:tongmai:")
                    && system(coding.path("system").asText()).equals(table(map));
            wrote |= place <= 4
                    && coding(coding, kept ? "" : system(coding.path("system").asText("")), cell, place);
            place += 3;
        }
        String text = value.path("text").asText("");
        Cell name = text.isEmpty() ? null : cell.part(2);
        return name != null && name.set(text) || wrote;
    }

    /** The name of the table whose codes the map takes: one that it does not have may have been of any system. */
    private static String table(ConceptMap map) {
        String system = map.policy().sourceSystem();
        return "HL7" + system.substring(system.lastIndexOf('-') + 1);
    }

    private static Cell first(Cell cell) {
        return cell.level() == Cell.Level.SUBCOMPONENT ? cell : cell.part(1);
    }

    private static boolean fits(ConceptMap map, JsonNode coding) {
        String system = coding.path("system").asText("");
        return map.targets().values().stream()
                .anyMatch(target -> target.code().equals(coding.path("code").asText())
                        && (system.isEmpty()
                                || target.system().isEmpty()
                                || target.system().equals(system)));
    }

    private boolean source(ConceptMap map, JsonNode coding, Cell cell) {
        return source(map, coding.path("code").asText(), coding.path("display").asText(""), cell);
    }

    /** A display that the table has for one of the codes tells it from the others. */
    private boolean source(ConceptMap map, String target, String display, Cell cell) {
        List<String> sources = map.sources(target);
        if (sources.isEmpty()) {
            return false;
        }
        if (!cell.isEmpty()) {
            return sources.contains(cell.text());
        }
        List<String> shown = sources.stream()
                .filter(source -> !display.isEmpty()
                        && display.equals(map.targets().get(source).display()))
                .toList();
        if (shown.size() == 1) {
            return cell.set(shown.get(0));
        }
        PreferredCode chosen = preferred.get(map.name() + "|" + target);
        if (chosen != null) {
            return cell.set(chosen.code());
        }
        return cell.set(sources.contains(target) ? target : sources.get(0));
    }

    /** Code, name and system of a coding into three components from a place on. */
    private static boolean coding(JsonNode coding, String system, Cell cell, int place) {
        String[] texts = {coding.path("code").asText(""), coding.path("display").asText(""), system};
        boolean wrote = false;
        for (int i = 0; i < texts.length; i++) {
            Cell part = texts[i].isEmpty() ? null : cell.part(place + i);
            wrote |= part != null && part.set(texts[i]);
        }
        return wrote;
    }

    /** The name of a coding system as HL7 table 0396 has it, an OID, or a local name; the URI where there is none. */
    String system(String uri) {
        List<String> names = systems.sources(uri);
        if (!names.isEmpty()) {
            PreferredCode chosen = preferred.get(systems.name() + "|" + uri);
            return chosen == null ? names.get(0) : chosen.code();
        }
        String table = "http://terminology.hl7.org/CodeSystem/v2-";
        if (uri.startsWith(table) && uri.length() == table.length() + 4) {
            return "HL7" + uri.substring(table.length());
        }
        Matcher own = OF_SENDER.matcher(uri);
        if (own.matches()) {
            return own.group(1) == null ? "" : "HL7" + own.group(1);
        }
        String local = "urn:tongmai:code-system:";
        if (uri.startsWith(local)) {
            return uri.substring(local.length());
        }
        return uri.startsWith("urn:oid:") ? uri.substring("urn:oid:".length()) : uri;
    }
}
