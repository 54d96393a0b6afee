package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.internal.MapLibrary;
import org.tongmai.mappings.internal.MapRow;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/** Reads the files of {@code fhir-to-hl7v2}. */
final class StructureReader {
    static final String FOLDER = "fhir-to-hl7v2/";
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

    private StructureReader() {}

    /** {@code index.yaml}. */
    record Index(
            List<String> versions,
            List<Choice> choices,
            List<String> messages,
            Map<String, List<String>> prefer,
            Set<String> never,
            Set<String> first,
            Set<String> also,
            Set<String> opening,
            Map<String, List<String>> only,
            Set<String> strict,
            Set<String> telling,
            List<Versioned> versioned,
            List<Unless> unless) {

        /** What the version must be for the row, or null. */
        Versioned versioned(String map, MapRow row) {
            return versioned.stream()
                    .filter(each -> each.map().equals(map)
                            && each.from().equals(row.from())
                            && (each.each() == null || each.each().equals(row.each())))
                    .findFirst()
                    .orElse(null);
        }

        /** Because of which elements the row is not for a value. */
        List<Unless> unless(String map, MapRow row) {
            return unless.stream()
                    .filter(each -> each.map().equals(map)
                            && (each.from() == null || each.from().equals(row.from()))
                            && (each.to() == null || each.to().equals(row.to()))
                            && (each.each() == null || each.each().equals(row.each()))
                            && (each.type() == null || asksFor(each.type(), row)))
                    .toList();
        }

        private static boolean asksFor(String type, MapRow row) {
            return row.when().stream()
                    .anyMatch(test ->
                            test.kind().equals("equals") && test.arguments().contains(type));
        }
    }

    /**
     * A row of a map that is not for values which have an element.
     *
     * @param from what it reads when a message is read, or null
     * @param to what it writes then, or null
     * @param each its map, or null
     * @param type what a condition of it wants, as {@code OBX-2}, or null
     * @param has the element, {@code =} and its value; with {@code !} before it, one that they lack
     * @param inside the same of the object that the map reads, or null
     * @param beside the same of the entry in which the value is, or null
     * @param leads an element of the resource that is referred to, or null
     * @param since the first version it holds for, or null
     */
    record Unless(
            String map,
            String from,
            String to,
            String each,
            String type,
            String has,
            String inside,
            String beside,
            String leads,
            String since) {

        /**
         * A value, as conditions ask for it.
         *
         * @param object what is read: the value, or what a single value is in
         * @param beside the entry in which it is
         * @param around the object that the map reads
         * @param target what it refers to, or null
         */
        record Judged(JsonNode object, JsonNode beside, JsonNode around, JsonNode target) {}

        private static boolean has(JsonNode object, String element) {
            return element.startsWith("!")
                    ? !BackPath.has(object, element.substring(1))
                    : BackPath.has(object, element);
        }

        /** Whether the value is left to another row. */
        boolean bars(Judged value) {
            if (inside != null) {
                return has(value.around(), inside);
            }
            if (beside != null) {
                return has(value.beside(), beside);
            }
            return leads == null ? has(value.object(), has) : value.target() != null && has(value.target(), leads);
        }
    }

    /**
     * A row of a field that not every version has, or that another field stands for.
     *
     * @param each its map, or null
     * @param since the first version it is written in, or null
     * @param before the first version it is no longer written in, or null
     * @param one the first version that it takes no more than one value in, or null
     * @param events those (MSH-9.2) it is no longer written in; empty for all
     */
    record Versioned(
            String map, String from, String each, String since, String before, String one, List<String> events) {
        Versioned {
            events = events == null ? List.of() : events;
        }
    }

    /**
     * One line of the choice of a message.
     *
     * @param of resource type that must be there
     * @param has an element it must have, {@code =} and its value; null for any
     * @param status its status; null for any
     * @param event chosen
     */
    record Choice(String of, String has, String status, String event) {}

    static Index index() {
        return read("index.yaml", Index.class);
    }

    static Structure structure(String name) {
        return read("messages/" + name + ".map.yaml", Structure.class);
    }

    static Fields fields() {
        return new Fields(table("fields.csv"));
    }

    /** {@code map,target_code,source_code,turn,note} by {@code <map>|<target code>}. */
    static Map<String, PreferredCode> preferredCodes() {
        Map<String, PreferredCode> preferred = new HashMap<>();
        for (CsvTable.Row row : table("preferred-codes.csv").rows()) {
            PreferredCode code = new PreferredCode(row.cell(2), row.cell(3).equals("last"));
            preferred.put(row.cell(0) + "|" + row.cell(1), code);
        }
        return preferred;
    }

    private static CsvTable table(String name) {
        return CsvTable.read("mappings/" + FOLDER + name, text(name));
    }

    private static String text(String name) {
        String text = MapLibrary.resource(FOLDER + name);
        if (text == null) {
            throw new CodedException(Issue.of(MappingError.MAP_MISSING, "mappings/" + FOLDER + name, "no such file"));
        }
        return text;
    }

    private static <T> T read(String name, Class<T> type) {
        return read("mappings/" + FOLDER + name, text(name), type);
    }

    /**
     * Reads a text of a file.
     *
     * @throws CodedException when it is not what it should be, with file and line
     */
    static <T> T read(String file, String text, Class<T> type) {
        try {
            return YAML.readValue(text, type);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String found = e.getCause() instanceof IllegalArgumentException wrong
                    ? wrong.getMessage()
                    : e.getOriginalMessage();
            throw new CodedException(Issue.of(MappingError.MAP_UNREADABLE, file + ":" + line, found), e);
        }
    }
}
