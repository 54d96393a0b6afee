package org.tongmai.routes.engine.audit.internal;

import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.database.DayPartitions.Table;

/** What the audit log keeps by day. */
final class AuditDays {
    /** The table that tells which days there are. */
    static final String FIRST = "audit_block";

    private static final String ADDED_ONLY = "fillfactor = 100, autovacuum_vacuum_insert_threshold = -1";
    private static final String REFUSE = "audit_is_only_added_to";
    private static final List<Table> TABLES = List.of(
            new Table(FIRST, ADDED_ONLY + ", toast_tuple_target = 512", REFUSE),
            new Table("audit_checkpoint", ADDED_ONLY, REFUSE));

    private AuditDays() {}

    /** The two tables of a day. */
    static List<String> partitions(LocalDate day) {
        return TABLES.stream().map(table -> table.partition(day)).toList();
    }

    static DayPartitions of(DataSource dataSource) {
        return new DayPartitions(dataSource, AdvisoryLock.AUDIT_DAYS, TABLES);
    }
}
