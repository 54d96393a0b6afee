package org.tongmai.standards.terminology.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.TerminologyError;

/** Reads {@code source_code,target_system,target_code,target_display,comment}. */
final class ConceptMapRows {
    static final List<String> HEADER =
            List.of("source_code", "target_system", "target_code", "target_display", "comment");

    private final TerminologyLoader.Refusals refusals;

    ConceptMapRows(TerminologyLoader.Refusals refusals) {
        this.refusals = refusals;
    }

    Map<String, ConceptMap.Target> read(CsvTable table) {
        Map<String, ConceptMap.Target> targets = new HashMap<>();
        if (!table.header().equals(HEADER)) {
            refusals.refuse(TerminologyError.BAD_HEADER, table.file(), 1, "expected " + String.join(",", HEADER));
            return targets;
        }
        String previous = "";
        for (CsvTable.Row row : table.rows()) {
            if (row.cells().size() != HEADER.size()) {
                refusals.refuse(
                        TerminologyError.WRONG_WIDTH,
                        table.file(),
                        row.line(),
                        "found " + row.cells().size() + " cells, expected " + HEADER.size());
                continue;
            }
            String code = row.cell(0);
            if (row.cell(2).isEmpty() && row.cell(4).isBlank()) {
                refusals.refuse(
                        TerminologyError.BAD_CELL,
                        table.file(),
                        row.line(),
                        "no target_code and no comment saying why");
            }
            if (code.compareTo(previous) < 0) {
                refusals.refuse(TerminologyError.UNSORTED, table.file(), row.line(), "stands after a greater code");
            }
            previous = code;
            if (targets.put(code, new ConceptMap.Target(row.cell(1), row.cell(2), row.cell(3))) != null) {
                refusals.refuse(TerminologyError.DUPLICATE_CODE, table.file(), row.line(), "source_code repeats");
            }
        }
        return targets;
    }
}
