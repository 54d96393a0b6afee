package org.tongmai.standards.terminology.internal;

import java.util.List;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Certainty;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Origin;
import org.tongmai.standards.terminology.TerminologyError;

/**
 * One row of {@code sources.csv}.
 *
 * @param kind what the table is
 * @param table its name
 * @param system URI: of the code system, of the value set, or of the codes a map translates
 * @param at the file the row stands in
 * @param row the row
 */
record Source(Kind kind, String table, String system, CsvTable at, CsvTable.Row row) {
    static final String FILE = "sources.csv";
    static final List<String> HEADER = List.of(
            "kind",
            "table",
            "system",
            "content",
            "policy",
            "title",
            "standard",
            "clause",
            "source",
            "certainty",
            "retrieved");

    private static final int CONTENT = 3;
    private static final int POLICY = 4;
    private static final int TITLE = 5;
    private static final int SOURCE = 8;
    private static final int CERTAINTY = 9;

    /** Reads a row; null and a refusal when its kind is not known. */
    static Source read(CsvTable at, CsvTable.Row row, Refusals refusals) {
        if (!refusals.widthIs(at, row, HEADER.size())) {
            return null;
        }
        Kind kind = Kind.of(row.cell(0));
        if (kind == null || row.cell(1).isEmpty() || !row.cell(1).matches("[A-Za-z0-9.-]{1,64}")) {
            refusals.refuse(TerminologyError.BAD_CELL, at, row.line(), "kind or table is not one of the known");
            return null;
        }
        if (row.cell(SOURCE).isBlank()) {
            refusals.refuse(TerminologyError.SOURCE_MISSING, at, row.line(), "the cell 'source' is empty");
        }
        if (Certainty.of(row.cell(CERTAINTY)) == null) {
            refusals.refuse(TerminologyError.BAD_CELL, at, row.line(), "certainty is not V, C, M or ?");
        }
        return new Source(kind, row.cell(1), row.cell(2), at, row);
    }

    String file() {
        return kind.folder() + "/" + table + ".csv";
    }

    Origin origin() {
        return new Origin(
                row.cell(TITLE),
                row.cell(TITLE + 1),
                row.cell(TITLE + 2),
                row.cell(SOURCE),
                Certainty.of(row.cell(CERTAINTY)),
                row.cell(CERTAINTY + 1));
    }

    /** How much of a code system is here; null where the cell says nothing known. */
    CodeSystem.Content content() {
        return CodeSystem.Content.of(row.cell(CONTENT));
    }

    /** What becomes of a code a map does not have; null where the cell says nothing known. */
    ConceptMap.Policy policy() {
        String text = row.cell(POLICY);
        if (text.equals("refuse")) {
            return new ConceptMap.Policy(system, ConceptMap.Unmapped.REFUSE, "");
        }
        if (text.equals("keep")) {
            return new ConceptMap.Policy(system, ConceptMap.Unmapped.KEEP, "");
        }
        boolean fallback = text.startsWith("default:") && text.length() > "default:".length();
        return fallback
                ? new ConceptMap.Policy(system, ConceptMap.Unmapped.DEFAULT, text.substring("default:".length()))
                : null;
    }
}
