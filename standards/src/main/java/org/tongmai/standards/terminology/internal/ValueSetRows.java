package org.tongmai.standards.terminology.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.TerminologyError;
import org.tongmai.standards.terminology.ValueSet;

/**
 * Reads {@code group,rule,kind,table,property,operator,value}. Rows of one group are one rule: their tests must all
 * hold. Groups apply in order.
 */
final class ValueSetRows {
    static final List<String> HEADER = List.of("group", "rule", "kind", "table", "property", "operator", "value");

    private final Map<String, CodeSystem> systems;
    private final Refusals refusals;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, ValueSet> done = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    /** A value set that is read and whose includes are not yet looked for. */
    private record Draft(Source source, CsvTable table) {}

    ValueSetRows(Map<String, CodeSystem> systems, Refusals refusals) {
        this.systems = systems;
        this.refusals = refusals;
    }

    void add(Source source, CsvTable table) {
        if (refusals.headerIs(table, HEADER)) {
            drafts.put(source.table(), new Draft(source, table));
        }
    }

    /** All value sets by name, when everything was added. */
    Map<String, ValueSet> resolve() {
        drafts.keySet().forEach(this::resolve);
        return done;
    }

    private ValueSet resolve(String name) {
        ValueSet known = done.get(name);
        if (known != null) {
            return known;
        }
        Draft draft = drafts.get(name);
        open.add(name);
        ValueSet set =
                new ValueSet(name, draft.source().system(), draft.source().origin(), rules(draft.table()));
        open.remove(name);
        done.put(name, set);
        return set;
    }

    private List<ValueSet.Rule> rules(CsvTable table) {
        Map<String, List<CsvTable.Row>> groups = new LinkedHashMap<>();
        int previous = 0;
        for (CsvTable.Row row : table.rows()) {
            if (!refusals.widthIs(table, row, HEADER.size())) {
                continue;
            }
            int group = row.cell(0).matches("[0-9]{1,4}") ? Integer.parseInt(row.cell(0)) : 0;
            if (group < 1) {
                refusals.refuse(TerminologyError.BAD_CELL, table, row.line(), "group is not a number from 1");
            } else if (group < previous) {
                refusals.refuse(TerminologyError.UNSORTED, table, row.line(), "stands after a greater group");
            }
            previous = group;
            groups.computeIfAbsent(row.cell(0), key -> new ArrayList<>()).add(row);
        }
        List<ValueSet.Rule> rules = new ArrayList<>();
        groups.values().forEach(rows -> {
            ValueSet.Rule rule = rule(table, rows);
            if (rule != null) {
                rules.add(rule);
            }
        });
        return rules;
    }

    private ValueSet.Rule rule(CsvTable table, List<CsvTable.Row> rows) {
        CsvTable.Row first = rows.get(0);
        for (CsvTable.Row row : rows) {
            if (!row.cells().subList(1, 4).equals(first.cells().subList(1, 4))) {
                refusals.refuse(
                        TerminologyError.BAD_CELL, table, row.line(), "rule, kind or table differ within a group");
                return null;
            }
        }
        boolean include = first.cell(1).equals("include");
        if (!include && !first.cell(1).equals("exclude")) {
            refusals.refuse(TerminologyError.BAD_CELL, table, first.line(), "rule is not include or exclude");
            return null;
        }
        ValueSet.Effect effect = include ? ValueSet.Effect.INCLUDE : ValueSet.Effect.EXCLUDE;
        String name = first.cell(3);
        return switch (first.cell(2)) {
            case "code-system" -> ofSystem(table, rows, effect);
            case "value-set" -> {
                ValueSet set = included(table, first, name);
                yield set == null ? null : new ValueSet.Rule(effect, null, set, List.of());
            }
            default -> {
                refusals.refuse(TerminologyError.BAD_CELL, table, first.line(), "kind is not code-system or value-set");
                yield null;
            }
        };
    }

    private ValueSet included(CsvTable table, CsvTable.Row row, String name) {
        if (open.contains(name)) {
            refusals.refuse(
                    TerminologyError.CYCLIC_INCLUDE, table, row.line(), String.join(" > ", open) + " > " + name);
            return null;
        }
        if (!drafts.containsKey(name)) {
            refusals.refuse(TerminologyError.BROKEN_INCLUDE, table, row.line(), "no value set has this name");
            return null;
        }
        return resolve(name);
    }

    private ValueSet.Rule ofSystem(CsvTable table, List<CsvTable.Row> rows, ValueSet.Effect effect) {
        CodeSystem system = systems.get(rows.get(0).cell(3));
        if (system == null) {
            refusals.refuse(TerminologyError.BROKEN_INCLUDE, table, rows.get(0).line(), "no code system has this name");
            return null;
        }
        List<ValueSet.Test> tests = new ArrayList<>();
        for (CsvTable.Row row : rows) {
            if (row.cell(4).isEmpty() && row.cell(5).isEmpty() && row.cell(6).isEmpty()) {
                continue;
            }
            try {
                tests.add(EntryTests.of(system, row.cell(4), row.cell(5), row.cell(6)));
            } catch (EntryTests.Wrong e) {
                refusals.refuse(e.code(), table, row.line(), e.getMessage());
            }
        }
        return new ValueSet.Rule(effect, system, null, List.copyOf(tests));
    }
}
