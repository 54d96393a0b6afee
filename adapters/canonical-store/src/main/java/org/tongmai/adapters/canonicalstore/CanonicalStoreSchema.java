package org.tongmai.adapters.canonicalstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.tongmai.adapters.canonicalstore.internal.IndexedParameters;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Creates and upgrades the schema {@code canonical}. */
public final class CanonicalStoreSchema {
    private static final String SCHEMA = "canonical";

    private CanonicalStoreSchema() {}

    /** Brings the schema up to date. Safe when several nodes do so at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(CanonicalStoreSchema.class.getClassLoader())
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .table("schema_history")
                .locations("classpath:db/canonical")
                .load()
                .migrate();
        register(dataSource);
    }

    private static void register(DataSource dataSource) {
        String sql = "insert into canonical.parameter (type, name) select ?, ? "
                + "where not exists (select from canonical.parameter where type = ? and name = ?) "
                + "on conflict do nothing";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (IndexedParameters.Name name : IndexedParameters.names(SearchParameters.standard())) {
                insert.setString(1, name.type());
                insert.setString(2, name.name());
                insert.setString(3, name.type());
                insert.setString(4, name.name());
                insert.addBatch();
            }
            insert.executeBatch();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new CodedException(Issue.of(CanonicalStoreError.UNAVAILABLE, "", "SQL state " + e.getSQLState()), e);
        }
    }
}
