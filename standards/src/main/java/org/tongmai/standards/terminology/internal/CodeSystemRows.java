package org.tongmai.standards.terminology.internal;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.TerminologyError;

/** Reads {@code code,display,display_en,status,valid_from,valid_to}. */
final class CodeSystemRows {
    static final List<String> HEADER = List.of("code", "display", "display_en", "status", "valid_from", "valid_to");

    private final TerminologyLoader.Refusals refusals;

    CodeSystemRows(TerminologyLoader.Refusals refusals) {
        this.refusals = refusals;
    }

    Map<String, List<CodeSystem.Entry>> read(CsvTable table) {
        Map<String, List<CodeSystem.Entry>> entries = new HashMap<>();
        if (!table.header().equals(HEADER)) {
            refusals.refuse(TerminologyError.BAD_HEADER, table.file(), 1, "expected " + String.join(",", HEADER));
            return entries;
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
            if (row.cell(0).compareTo(previous) < 0) {
                refusals.refuse(TerminologyError.UNSORTED, table.file(), row.line(), "stands after a greater code");
            }
            previous = row.cell(0);
            add(table, row, entries);
        }
        return entries;
    }

    private void add(CsvTable table, CsvTable.Row row, Map<String, List<CodeSystem.Entry>> entries) {
        String status = row.cell(3);
        if (!status.equals("active") && !status.equals("retired")) {
            refusals.refuse(TerminologyError.BAD_CELL, table.file(), row.line(), "status is not active or retired");
        }
        CodeSystem.Entry entry = new CodeSystem.Entry(
                row.cell(0), row.cell(1), row.cell(2), status, day(table, row, 4), day(table, row, 5));
        List<CodeSystem.Entry> same = entries.computeIfAbsent(row.cell(0), key -> new ArrayList<>(1));
        if (same.stream().anyMatch(other -> overlap(other, entry))) {
            refusals.refuse(TerminologyError.DUPLICATE_CODE, table.file(), row.line(), "code repeats, dates overlap");
        }
        same.add(entry);
    }

    private static boolean overlap(CodeSystem.Entry a, CodeSystem.Entry b) {
        boolean aBefore =
                a.validTo() != null && b.validFrom() != null && a.validTo().isBefore(b.validFrom());
        boolean bBefore =
                b.validTo() != null && a.validFrom() != null && b.validTo().isBefore(a.validFrom());
        return !aBefore && !bBefore;
    }

    private LocalDate day(CsvTable table, CsvTable.Row row, int column) {
        String text = row.cell(column);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            refusals.refuse(TerminologyError.BAD_CELL, table.file(), row.line(), "a date is not YYYY-MM-DD");
            return null;
        }
    }
}
