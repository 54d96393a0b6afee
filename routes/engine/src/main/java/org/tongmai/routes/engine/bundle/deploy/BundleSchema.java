package org.tongmai.routes.engine.bundle.deploy;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables of the bundles up to date. */
final class BundleSchema {
    private BundleSchema() {}

    static void migrate(DataSource dataSource) {
        Flyway.configure(BundleSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/bundle")
                .table("bundle_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
