package org.tongmai.console.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.routes.engine.audit.AuditActs;

/** The table {@code addresses.csv}: what a request is called in the audit log. */
final class AuditedAddresses {
    private static final String TABLE = "addresses.csv";
    private static final String HEADING = "method;address;act;shown";
    private static final String NOTHING = "-";
    private static final String OTHER = "api.change";
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Map<String, Row> rows = new HashMap<>();

    /** @param act null for what is not recorded */
    record Row(String act, List<String> shown) {}

    AuditedAddresses() {
        try (InputStream in = AuditedAddresses.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.startsWith("#") && !line.isBlank() && !line.equals(HEADING)) {
                    add(line.split(";", -1), number);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(String[] cells, int number) {
        if (cells.length != 4) {
            throw new IllegalStateException(TABLE + ":" + number + ": " + cells.length + " cells (expected: 4)");
        }
        String act = cells[2].equals(NOTHING) ? null : AuditActs.of(cells[2]).name();
        List<String> shown = cells[3].isEmpty() ? List.of() : List.of(cells[3].split(" "));
        if (rows.put(cells[0] + " " + cells[1], new Row(act, shown)) != null) {
            throw new IllegalStateException(TABLE + ":" + number + ": a second row (expected: one an address)");
        }
    }

    static boolean changes(String method) {
        return CHANGING.contains(method);
    }

    /** What the request is, when it is to be recorded. */
    Optional<Row> find(String method, String template) {
        Row row = rows.get(method + " " + template);
        if (row != null) {
            return row.act() == null ? Optional.empty() : Optional.of(row);
        }
        return changes(method) ? Optional.of(new Row(OTHER, List.of())) : Optional.empty();
    }

    /** What a request is called that was refused before anybody knew what it is. */
    static Row unknown() {
        return new Row(OTHER, List.of());
    }
}
