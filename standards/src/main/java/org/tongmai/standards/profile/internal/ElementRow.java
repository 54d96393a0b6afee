package org.tongmai.standards.profile.internal;

import org.tongmai.standards.table.CsvTable;

/**
 * One row of {@code elements.csv}: what one element, or one slice of it, must be.
 *
 * @param row where it stands
 * @param profile id of the profile
 * @param element path below the type, for example {@code name} or {@code contact.name}
 * @param slice name of an identifier system, or empty
 * @param min smallest number, or empty
 * @param max greatest number or {@code *}, or empty
 * @param valueSet canonical URL of a value set, or empty
 * @param strength binding strength, or empty
 * @param constraint keys of constraints, by blanks, or empty
 */
record ElementRow(
        CsvTable.Row row,
        String profile,
        String element,
        String slice,
        String min,
        String max,
        String valueSet,
        String strength,
        String constraint) {
    static ElementRow of(CsvTable.Row row) {
        return new ElementRow(
                row,
                row.cell(0),
                row.cell(1),
                row.cell(2),
                row.cell(3),
                row.cell(4),
                row.cell(5),
                row.cell(6),
                row.cell(7));
    }

    String reason() {
        return row.cell(8);
    }
}
