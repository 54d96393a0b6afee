package org.tongmai.standards.terminology.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.TerminologyError;

/**
 * Reads {@code source_code,target_system,target_code,target_display,comment}, and the same with {@code sender} in front
 * in dictionaries of single senders.
 */
final class ConceptMapRows {
    static final List<String> HEADER =
            List.of("source_code", "target_system", "target_code", "target_display", "comment");
    static final List<String> LOCAL_HEADER =
            List.of("sender", "source_code", "target_system", "target_code", "target_display", "comment");

    private final Map<String, CodeSystem> systemsByUri;
    private final Refusals refusals;

    ConceptMapRows(Map<String, CodeSystem> systemsByUri, Refusals refusals) {
        this.systemsByUri = systemsByUri;
        this.refusals = refusals;
    }

    Map<String, ConceptMap.Target> read(CsvTable table) {
        Map<String, ConceptMap.Target> targets = new LinkedHashMap<>();
        if (!refusals.headerIs(table, HEADER)) {
            return targets;
        }
        String previous = "";
        for (CsvTable.Row row : table.rows()) {
            if (!refusals.widthIs(table, row, HEADER.size())) {
                continue;
            }
            String code = row.cell(0);
            if (code.compareTo(previous) < 0) {
                refusals.refuse(TerminologyError.UNSORTED, table, row.line(), "stands after a greater code");
            }
            previous = code;
            if (targets.put(code, target(table, row, 1)) != null) {
                refusals.refuse(TerminologyError.DUPLICATE_CODE, table, row.line(), "source_code repeats");
            }
        }
        return targets;
    }

    /** Reads a dictionary: sender to source code to target. A bare target code must be one that the map leads to. */
    Map<String, Map<String, ConceptMap.Target>> readLocal(CsvTable table, ConceptMap map) {
        Map<String, Map<String, ConceptMap.Target>> bySender = new HashMap<>();
        if (!refusals.headerIs(table, LOCAL_HEADER)) {
            return bySender;
        }
        String sender = "";
        String code = "";
        for (CsvTable.Row row : table.rows()) {
            if (!refusals.widthIs(table, row, LOCAL_HEADER.size())) {
                continue;
            }
            if (row.cell(0).isBlank() || row.cell(1).isEmpty()) {
                refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), "sender or source_code is empty");
            }
            int order = row.cell(0).compareTo(sender);
            if (order < 0 || order == 0 && row.cell(1).compareTo(code) < 0) {
                refusals.refuse(TerminologyError.UNSORTED, table, row.line(), "stands after a greater sender or code");
            }
            sender = row.cell(0);
            code = row.cell(1);
            Map<String, ConceptMap.Target> own = bySender.computeIfAbsent(sender, key -> new LinkedHashMap<>());
            ConceptMap.Target target = target(table, row, 2);
            if (own.put(code, target) != null) {
                refusals.refuse(TerminologyError.DUPLICATE_CODE, table, row.line(), "source_code repeats");
            }
            boolean bare = target.system().isEmpty() && !target.code().isEmpty();
            if (bare && map.sources(target.code()).isEmpty()) {
                refusals.refuse(TerminologyError.BROKEN_MAP, table, row.line(), "target_code is none of " + map.name());
            }
        }
        return bySender;
    }

    private ConceptMap.Target target(CsvTable table, CsvTable.Row row, int from) {
        ConceptMap.Target target = new ConceptMap.Target(row.cell(from), row.cell(from + 1), row.cell(from + 2));
        if (target.code().isEmpty() && row.cell(from + 3).isBlank()) {
            refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), "no target_code and no comment saying why");
        }
        CodeSystem system = systemsByUri.get(target.system());
        boolean complete = system != null && system.content() == CodeSystem.Content.COMPLETE;
        if (complete
                && !target.code().isEmpty()
                && system.entries(target.code()).isEmpty()) {
            refusals.refuse(TerminologyError.BROKEN_MAP, table, row.line(), "target_code is not in " + system.name());
        }
        return target;
    }
}
