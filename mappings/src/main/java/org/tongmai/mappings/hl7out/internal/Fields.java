package org.tongmai.mappings.hl7out.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.standards.table.CsvTable;

/** What HL7 v2.5.1 says of the fields of the segments written: {@code fhir-to-hl7v2/fields.csv}. */
final class Fields {
    private final Map<String, TreeMap<Integer, Field>> bySegment = new HashMap<>();

    /**
     * One field.
     *
     * @param repeats whether more than one value may stand there
     * @param required whether a segment without it is not valid
     */
    record Field(boolean repeats, boolean required) {}

    Fields(CsvTable table) {
        for (CsvTable.Row row : table.rows()) {
            bySegment
                    .computeIfAbsent(row.cell(0), key -> new TreeMap<>())
                    .put(
                            Integer.valueOf(row.cell(1)),
                            new Field(row.cell(3).equals("*"), row.cell(4).equals("R")));
        }
    }

    /** Whether the field takes one value only; false for one that is not listed. */
    boolean single(String segment, int number) {
        Field field = bySegment.getOrDefault(segment, new TreeMap<>()).get(number);
        return field != null && !field.repeats();
    }

    /** The fields a segment must have. */
    List<Integer> required(String segment) {
        return bySegment.getOrDefault(segment, new TreeMap<>()).entrySet().stream()
                .filter(entry -> entry.getValue().required())
                .map(Map.Entry::getKey)
                .toList();
    }
}
