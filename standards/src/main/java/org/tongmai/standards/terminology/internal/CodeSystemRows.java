package org.tongmai.standards.terminology.internal;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.TerminologyError;

/** Reads {@code code,display,display_en,status,valid_from,valid_to} and the columns {@code properties.csv} declares. */
final class CodeSystemRows {
    static final List<String> HEADER = List.of("code", "display", "display_en", "status", "valid_from", "valid_to");

    private final PropertyRows properties;
    private final Refusals refusals;

    CodeSystemRows(PropertyRows properties, Refusals refusals) {
        this.properties = properties;
        this.refusals = refusals;
    }

    CodeSystem read(Source source, CodeSystem.Content content, CsvTable table) {
        List<PropertyRows.Definition> columns = columns(source.table(), table);
        Map<String, List<CodeSystem.Entry>> entries = new LinkedHashMap<>();
        if (columns != null) {
            String previous = "";
            for (CsvTable.Row row : table.rows()) {
                if (!refusals.widthIs(table, row, table.header().size())) {
                    continue;
                }
                if (row.cell(0).compareTo(previous) < 0) {
                    refusals.refuse(TerminologyError.UNSORTED, table, row.line(), "stands after a greater code");
                }
                previous = row.cell(0);
                add(table, row, columns, entries);
            }
        }
        CodeSystem.Header header = new CodeSystem.Header(
                source.table(),
                source.system(),
                content,
                source.origin(),
                columns == null
                        ? List.of()
                        : columns.stream()
                                .map(PropertyRows.Definition::property)
                                .toList());
        CodeSystem system = new CodeSystem(header, entries);
        checkCodes(table, columns, system);
        return system;
    }

    /** The schemas of the further columns; null when the header is refused. */
    private List<PropertyRows.Definition> columns(String name, CsvTable table) {
        List<String> header = table.header();
        if (header.size() < HEADER.size() || !header.subList(0, HEADER.size()).equals(HEADER)) {
            refusals.refuse(TerminologyError.BAD_HEADER, table, 1, "expected " + String.join(",", HEADER));
            return null;
        }
        List<PropertyRows.Definition> columns = new ArrayList<>();
        for (String column : header.subList(HEADER.size(), header.size())) {
            PropertyRows.Definition definition = properties.find(name, column);
            if (definition == null) {
                refusals.refuse(
                        TerminologyError.BAD_HEADER, table, 1, "a column is not declared in " + PropertyRows.FILE);
                return null;
            }
            columns.add(definition);
        }
        return columns;
    }

    private void add(
            CsvTable table,
            CsvTable.Row row,
            List<PropertyRows.Definition> columns,
            Map<String, List<CodeSystem.Entry>> entries) {
        String status = row.cell(3);
        if (!status.equals("active") && !status.equals("retired")) {
            refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), "status is not active or retired");
        }
        if (row.cell(0).isBlank() || row.cell(1).isBlank()) {
            refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), "code or display is empty");
        }
        CodeSystem.Entry entry = new CodeSystem.Entry(
                row.cell(0),
                row.cell(1),
                row.cell(2),
                status,
                day(table, row, 4),
                day(table, row, 5),
                values(table, row, columns));
        List<CodeSystem.Entry> same = entries.computeIfAbsent(row.cell(0), key -> new ArrayList<>(1));
        if (same.stream().anyMatch(other -> overlap(other, entry))) {
            refusals.refuse(TerminologyError.DUPLICATE_CODE, table, row.line(), "code repeats, dates overlap");
        }
        same.add(entry);
    }

    private Map<String, String> values(CsvTable table, CsvTable.Row row, List<PropertyRows.Definition> columns) {
        Map<String, String> values = new HashMap<>(2 * columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String value = row.cell(HEADER.size() + i);
            String violation = columns.get(i).violation(value);
            if (violation != null) {
                refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), violation);
            }
            if (!value.isEmpty()) {
                values.put(columns.get(i).property().name(), value);
            }
        }
        return values.isEmpty() ? Map.of() : Map.copyOf(values);
    }

    /** Columns of type {@code code} name codes of the same table, and nobody is its own ancestor. */
    private void checkCodes(CsvTable table, List<PropertyRows.Definition> columns, CodeSystem system) {
        for (int i = 0; columns != null && i < columns.size(); i++) {
            CodeSystem.Property property = columns.get(i).property();
            for (CsvTable.Row row : property.type().equals("code") ? table.rows() : List.<CsvTable.Row>of()) {
                String value = row.cells().size() == table.header().size() ? row.cell(HEADER.size() + i) : "";
                if (value.isEmpty()) {
                    continue;
                }
                if (system.entries(value).isEmpty()) {
                    refusals.refuse(
                            TerminologyError.BROKEN_INCLUDE, table, row.line(), property.name() + " is no code of it");
                } else if (property.name().equals(CodeSystem.PARENT) && system.isA(value, row.cell(0), null)) {
                    refusals.refuse(TerminologyError.CYCLIC_INCLUDE, table, row.line(), "is its own ancestor");
                }
            }
        }
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
            refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), "a date is not YYYY-MM-DD");
            return null;
        }
    }
}
