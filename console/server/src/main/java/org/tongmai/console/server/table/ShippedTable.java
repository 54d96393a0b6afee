package org.tongmai.console.server.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that ships beside the class that reads it: UTF-8, cells between semicolons (names of MBeans have commas), lines
 * that begin with # explain.
 */
public final class ShippedTable {
    private ShippedTable() {}

    /**
     * One row.
     *
     * @param place file and line, for whoever mends it
     */
    public record Row(String place, List<String> cells) {
        public String cell(int index) {
            return cells.get(index);
        }

        /** What is to be thrown where the row is wrong. */
        public IllegalStateException wrong(String how) {
            return new IllegalStateException(place + ": " + how);
        }
    }

    /**
     * Reads the rows, in their order.
     *
     * @param beside the class in whose package the file is
     * @param heading the line that names the columns
     * @throws IllegalStateException where a row has more or fewer cells than the heading
     */
    public static List<Row> rows(Class<?> beside, String file, String heading) {
        int columns = heading.split(";", -1).length;
        List<Row> rows = new ArrayList<>();
        try (InputStream in = beside.getResourceAsStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.startsWith("#") && !line.isBlank() && !line.equals(heading)) {
                    Row row = new Row(file + ":" + number, List.of(line.split(";", -1)));
                    if (row.cells().size() != columns) {
                        throw row.wrong(row.cells().size() + " cells (expected: " + columns + ")");
                    }
                    rows.add(row);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rows;
    }
}
