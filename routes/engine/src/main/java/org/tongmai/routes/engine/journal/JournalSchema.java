package org.tongmai.routes.engine.journal;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the journal's tables up to date. */
public final class JournalSchema {
    private JournalSchema() {}

    public static void migrate(DataSource dataSource) {
        Flyway.configure(JournalSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/journal")
                .table("journal_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
