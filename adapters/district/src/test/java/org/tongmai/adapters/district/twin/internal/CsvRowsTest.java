package org.tongmai.adapters.district.twin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
    @Test
    void quotes_commas_and_line_breaks_within_quotes_belong_to_the_value() throws IOException {
        CsvRows rows = new CsvRows(new StringReader("\uFEFFa,\"b,\"\"c\"\"\r\nd\",\r\n\r\n\"\",𠮷"));

        assertThat(rows.next()).isEqualTo(List.of("a", "b,\"c\"\r\nd", ""));
        assertThat(rows.next()).isEqualTo(List.of("", "𠮷"));
        assertThat(rows.next()).isNull();
    }

    @Test
    void an_open_quote_ends_with_the_file() throws IOException {
        CsvRows rows = new CsvRows(new StringReader("a,\"b\nc"));
        assertThat(rows.next()).isEqualTo(List.of("a", "b\nc"));
        assertThat(rows.next()).isNull();
    }

    @Test
    void a_written_line_reads_back() throws IOException {
        String line = CsvRows.line(1L, "a,b", "c\"d");
        assertThat(new CsvRows(new StringReader(line)).next()).isEqualTo(List.of("1", "a,b", "c\"d"));
    }
}
