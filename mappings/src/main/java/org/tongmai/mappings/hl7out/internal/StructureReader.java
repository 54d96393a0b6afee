package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
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
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private StructureReader() {}

    /** {@code index.yaml}. */
    record Index(
            List<Choice> choices,
            List<String> messages,
            Map<String, List<String>> prefer,
            Set<String> never,
            Map<String, List<String>> only,
            Set<String> strict,
            List<Unless> unless) {

        /** The element because of which the row is not for a value, or null. */
        String unless(String map, MapRow row) {
            return unless.stream()
                    .filter(each -> each.map().equals(map)
                            && (each.from() == null || each.from().equals(row.from()))
                            && (each.to() == null || each.to().equals(row.to()))
                            && (each.each() == null || each.each().equals(row.each())))
                    .map(Unless::has)
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * A row of a map that is not for values which have an element.
     *
     * @param from what it reads when a message is read, or null
     * @param to what it writes then, or null
     * @param has the element; with {@code !} before it, one that they lack
     * @param each its map, or null
     */
    record Unless(String map, String from, String to, String each, String has) {}

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
        try {
            return YAML.readValue(text(name), type);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String at = "mappings/" + FOLDER + name + ":" + line;
            throw new CodedException(Issue.of(MappingError.MAP_UNREADABLE, at, e.getOriginalMessage()), e);
        }
    }
}
