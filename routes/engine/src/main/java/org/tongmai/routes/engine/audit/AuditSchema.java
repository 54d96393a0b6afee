package org.tongmai.routes.engine.audit;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the audit log's tables up to date. */
public final class AuditSchema {
    private AuditSchema() {}

    public static void migrate(DataSource dataSource) {
        Flyway.configure(AuditSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/audit")
                .table("audit_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
