package org.tongmai.benchmarks.patientindex;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.adapters.canonicalstore.CanonicalStoreSchema;
import org.tongmai.adapters.patientindex.PatientIndexSchema;

/** A PostgreSQL of its own with the platform's settings, fsync on, and both schemas in it. */
final class IndexDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;
    final HikariDataSource pool;

    IndexDatabase(Path directory) throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "384MB")
                .setServerConfig("maintenance_work_mem", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(6);
        config.addDataSourceProperty("logServerErrorDetail", "false");
        pool = new HikariDataSource(config);
        CanonicalStoreSchema.migrate(pool);
        PatientIndexSchema.migrate(pool);
    }

    /** Takes indexes and primary keys of the schemas away while rows are copied, and answers what puts them back. */
    List<String> withoutIndexes() throws SQLException {
        List<String> again = new ArrayList<>();
        List<String> drop = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            String keys =
                    "select conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint where contype "
                            + "in ('p', 'u') and connamespace::regnamespace::text in ('canonical', 'patient_index') and "
                            + "conrelid::regclass::text ~ 'resource|search_|record|key'";
            try (ResultSet row = statement.executeQuery(keys)) {
                while (row.next()) {
                    drop.add("alter table " + row.getString(1) + " drop constraint " + row.getString(2));
                    again.add("alter table " + row.getString(1) + " add constraint " + row.getString(2) + " "
                            + row.getString(3));
                }
            }
            String indexes =
                    "select i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c "
                            + "on c.oid = i.indrelid left join pg_constraint k on k.conindid = i.indexrelid where k.oid is null "
                            + "and c.relnamespace::regnamespace::text in ('canonical', 'patient_index') and c.relname ~ "
                            + "'resource|search_|record'";
            try (ResultSet row = statement.executeQuery(indexes)) {
                while (row.next()) {
                    drop.add("drop index " + row.getString(1));
                    again.add(row.getString(2));
                }
            }
            for (String each : drop) {
                statement.execute(each);
            }
        }
        return again;
    }

    void execute(List<String> statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
