package org.tongmai.routes.engine.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables of a feature up to date. Each feature has a folder of scripts and a history of its own. */
public final class Schema {
    private Schema() {}

    /** @param feature folder below {@code db}, and begin of the name of its table of history */
    public static void migrate(DataSource dataSource, String feature) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/" + feature)
                .table(feature + "_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
