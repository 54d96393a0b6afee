package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.audit.AuditHolding;
import org.tongmai.routes.engine.audit.AuditHolding.Chain;
import org.tongmai.routes.engine.audit.AuditHolding.Day;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.database.Sql;

/** Tells what is kept, without reading a block. */
final class Holding {
    private static final String BYTES = "select coalesce(pg_total_relation_size(to_regclass(?)), 0)"
            + " + coalesce(pg_total_relation_size(to_regclass(?)), 0)";
    private static final String CHAINS =
            """
            select h.node, h.sequence, h.total - coalesce(a.total, 0), coalesce(a.total, 0), h.at
            from audit_head h left join
              (select node, max(total) as total from audit_anchor group by node) a on a.node = h.node
            where h.sequence > 0 order by h.node""";

    private Holding() {}

    static AuditHolding of(Connection connection, Duration retention) throws SQLException {
        List<Day> days = new ArrayList<>();
        for (LocalDate day : DayPartitions.existing(connection, AuditDays.FIRST)) {
            List<String> partitions = AuditDays.partitions(day);
            days.add(new Day(
                    day,
                    Sql.list(connection, row -> row.getLong(1), BYTES, partitions.toArray())
                            .get(0)));
        }
        List<Chain> chains = Sql.list(
                connection,
                row -> new Chain(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), Rows.time(row, 5)),
                CHAINS);
        return new AuditHolding(retention, days, chains);
    }
}
