package org.tongmai.benchmarks.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/** A PostgreSQL of its own, fsync on, and the processor time that its processes have used. */
final class AuditDatabase implements AutoCloseable {
    private final Path directory;
    private final EmbeddedPostgres server;
    private final HikariDataSource pool;

    AuditDatabase(Path directory) throws IOException {
        this.directory = directory;
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("wal_compression", "off")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("jit", "off")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(4);
        config.setConnectionInitSql("set plan_cache_mode = force_generic_plan");
        pool = new HikariDataSource(config);
    }

    HikariDataSource pool() {
        return pool;
    }

    /** Processor time of the server's processes that live. */
    Duration processorTime() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                                .get(0)
                                .strip()))
                .orElseThrow(() -> new IOException("PostgreSQL does not run"));
        return Stream.concat(Stream.of(postmaster), postmaster.children())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
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
