package org.tongmai.mappings.hl7out;

import java.util.HashMap;
import java.util.Map;
import org.tongmai.mappings.internal.MapLibrary;
import org.tongmai.standards.table.CsvTable;

/** Data types of the fields of HL7 2.5.1 ({@code fhir-to-hl7v2/fields.csv}). */
public final class FieldTypes {
    private static final String TABLE = "fhir-to-hl7v2/fields.csv";

    private final Map<String, String> types = new HashMap<>();

    private FieldTypes(CsvTable table) {
        table.rows().forEach(row -> types.put(row.cell(0) + "-" + row.cell(1), row.cell(2)));
    }

    public static FieldTypes packaged() {
        String text = MapLibrary.resource(TABLE);
        return new FieldTypes(CsvTable.read("mappings/" + TABLE, text));
    }

    /** The data type of a field, for example {@code CX}; empty where the segment or field is not in the table. */
    public String of(String segment, int field) {
        return types.getOrDefault(segment + "-" + field, "");
    }
}
