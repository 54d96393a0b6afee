package org.tongmai.routes.engine.gateway.screen.internal.value;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.screen.Defence;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.table.CsvTable;

class TablesTest {
    @Test
    void a_bad_row_is_refused_with_file_and_line() {
        CsvTable table = CsvTable.read("some.csv", "defence\nXSS\nNOTHING\n");
        assertThatThrownBy(() -> Tables.rows(table, row -> Defence.valueOf(row.cell(0))))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-SCREEN-0008")
                .hasMessageContaining("some.csv:3");
    }
}
