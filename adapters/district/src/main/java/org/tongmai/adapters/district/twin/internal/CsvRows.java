package org.tongmai.adapters.district.twin.internal;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values as RFC 4180 has them: quotes, doubled quotes, commas and line breaks within quotes. */
final class CsvRows {
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Reader in;
    private int next;

    /** @param in should be buffered; a byte order mark at its start is skipped */
    CsvRows(Reader in) throws IOException {
        this.in = in;
        this.next = in.read();
        if (next == BYTE_ORDER_MARK) {
            advance();
        }
    }

    /** Reads the next row that is not empty, or returns null at the end. */
    List<String> next() throws IOException {
        while (next == '\r' || next == '\n') {
            advance();
        }
        if (next == END) {
            return null;
        }
        List<String> row = new ArrayList<>();
        while (true) {
            row.add(next == '"' ? quoted() : plain());
            if (next != ',') {
                return row;
            }
            advance();
        }
    }

    private String plain() throws IOException {
        StringBuilder value = new StringBuilder();
        while (next != END && next != ',' && next != '\r' && next != '\n') {
            value.append((char) next);
            advance();
        }
        return value.toString();
    }

    private String quoted() throws IOException {
        StringBuilder value = new StringBuilder();
        advance();
        while (next != END) {
            if (next == '"') {
                advance();
                if (next != '"') {
                    return value.append(plain()).toString();
                }
            }
            value.append((char) next);
            advance();
        }
        return value.toString();
    }

    private void advance() throws IOException {
        next = in.read();
    }

    /** Writes one row. */
    static String line(Object... values) {
        StringBuilder line = new StringBuilder();
        for (Object value : values) {
            String text = String.valueOf(value);
            if (!line.isEmpty()) {
                line.append(',');
            }
            if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0) {
                text = '"' + text.replace("\"", "\"\"").replace('\n', ' ') + '"';
            }
            line.append(text);
        }
        return line.append('\n').toString();
    }
}
