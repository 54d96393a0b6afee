package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.database.DayPartitions.Table;

/** What the journal keeps by day. */
final class JournalDays {
    /** The table that tells which days there are: made first, dropped last. */
    static final String FIRST = "message";

    private static final String ADDED_ONLY = "fillfactor = 100, autovacuum_vacuum_insert_threshold = -1";

    /**
     * A message is changed once, in place, when its last delivery is through. What is only added to until its day is dropped
     * needs no vacuum.
     */
    private static final List<Table> TABLES = List.of(
            new Table(FIRST, "fillfactor = 50, autovacuum_vacuum_insert_threshold = -1", ""),
            new Table("message_body", ADDED_ONLY, ""),
            new Table("event", ADDED_ONLY, ""),
            new Table("delivery", "fillfactor = 100", ""));

    private JournalDays() {}

    static DayPartitions of(DataSource dataSource) {
        return new DayPartitions(dataSource, AdvisoryLock.JOURNAL_DAYS, TABLES);
    }
}
