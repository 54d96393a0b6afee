package org.tongmai.standards.terminology.internal;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.TerminologyError;

/** Collects everything that is wrong with the tables, so that it is told at once. */
final class Refusals {
    /** More than this in one load helps nobody. */
    private static final int LIMIT = 1000;

    private final List<Issue> issues = new ArrayList<>();

    void refuse(ErrorCode code, CsvTable table, int line, String detail) {
        refuse(code, table.file(), line, detail);
    }

    void refuse(ErrorCode code, String file, int line, String detail) {
        if (issues.size() < LIMIT) {
            issues.add(Issue.of(code, file + ":" + line, detail));
        }
    }

    /** Whether the header is the expected one; refuses it otherwise. */
    boolean headerIs(CsvTable table, List<String> expected) {
        if (table.header().equals(expected)) {
            return true;
        }
        refuse(TerminologyError.BAD_HEADER, table, 1, "expected " + String.join(",", expected));
        return false;
    }

    /** Whether the row has as many cells as the header; refuses it otherwise. */
    boolean widthIs(CsvTable table, CsvTable.Row row, int expected) {
        if (row.cells().size() == expected) {
            return true;
        }
        refuse(
                TerminologyError.WRONG_WIDTH,
                table,
                row.line(),
                "found " + row.cells().size() + " cells, expected " + expected);
        return false;
    }

    void throwIfAny() {
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
    }
}
