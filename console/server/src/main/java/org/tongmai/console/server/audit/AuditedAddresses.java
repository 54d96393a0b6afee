package org.tongmai.console.server.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.console.server.table.ShippedTable;
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
        ShippedTable.rows(AuditedAddresses.class, TABLE, HEADING).forEach(this::add);
    }

    private void add(ShippedTable.Row row) {
        String act =
                row.cell(2).equals(NOTHING) ? null : AuditActs.of(row.cell(2)).name();
        List<String> shown =
                row.cell(3).isEmpty() ? List.of() : List.of(row.cell(3).split(" "));
        if (rows.put(row.cell(0) + " " + row.cell(1), new Row(act, shown)) != null) {
            throw row.wrong("a second row (expected: one an address)");
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
