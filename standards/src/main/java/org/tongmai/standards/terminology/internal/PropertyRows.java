package org.tongmai.standards.terminology.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.TerminologyError;

/** Reads {@code properties.csv}: the schema of columns beyond the six of every table. */
final class PropertyRows {
    static final String FILE = "properties.csv";
    static final List<String> HEADER = List.of("table", "property", "type", "required", "values", "description");
    /** In the column {@code table}: the property may stand in any table. */
    private static final String ANY = "*";

    private static final Set<String> TYPES = Set.of("code", "string", "integer", "boolean");

    private final Map<String, Map<String, Definition>> byTable = new HashMap<>();

    /**
     * One column.
     *
     * @param property what the code system says of it
     * @param required whether each row has a value
     * @param values the only values, or empty
     */
    record Definition(CodeSystem.Property property, boolean required, List<String> values) {
        /** What is wrong with a value, or null. */
        String violation(String value) {
            String name = property.name();
            if (value.isEmpty()) {
                return required ? name + " is empty" : null;
            }
            boolean right =
                    switch (property.type()) {
                        case "integer" -> value.matches("-?[0-9]{1,9}");
                        case "boolean" -> value.equals("true") || value.equals("false");
                        default -> values.isEmpty() || values.contains(value);
                    };
            return right ? null : name + " is not " + (values.isEmpty() ? property.type() : "one of " + values);
        }
    }

    void read(CsvTable table, Refusals refusals) {
        if (!refusals.headerIs(table, HEADER)) {
            return;
        }
        for (CsvTable.Row row : table.rows()) {
            if (!refusals.widthIs(table, row, HEADER.size())) {
                continue;
            }
            boolean requiredKnown = row.cell(3).isEmpty() || row.cell(3).equals("yes");
            if (!TYPES.contains(row.cell(2)) || !requiredKnown || !row.cell(1).matches("[a-z][a-z0-9_]*")) {
                refusals.refuse(
                        TerminologyError.BAD_CELL,
                        table,
                        row.line(),
                        "property, type or required is not as documented");
                continue;
            }
            List<String> values = row.cell(4).isEmpty()
                    ? List.of()
                    : Arrays.asList(row.cell(4).split("\\|"));
            byTable.computeIfAbsent(row.cell(0), name -> new HashMap<>())
                    .put(
                            row.cell(1),
                            new Definition(
                                    new CodeSystem.Property(row.cell(1), row.cell(2), row.cell(5)),
                                    !row.cell(3).isEmpty(),
                                    values));
        }
    }

    /** The schema of a column of a table, or null when nobody declared it. */
    Definition find(String table, String property) {
        Definition own = byTable.getOrDefault(table, Map.of()).get(property);
        return own != null ? own : byTable.getOrDefault(ANY, Map.of()).get(property);
    }
}
