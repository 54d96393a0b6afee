package org.tongmai.adapters.patientindex;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates and upgrades the schema {@code patient_index}. */
public final class PatientIndexSchema {
    private static final String SCHEMA = "patient_index";

    private PatientIndexSchema() {}

    /** Brings the schema up to date. Safe when several nodes do so at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(PatientIndexSchema.class.getClassLoader())
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .table("schema_history")
                .locations("classpath:db/patient-index")
                .load()
                .migrate();
    }
}
