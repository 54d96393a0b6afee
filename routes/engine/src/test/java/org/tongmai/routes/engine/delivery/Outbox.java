package org.tongmai.routes.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;

/** A real PostgreSQL with an outbox that a test fills; its power can be cut. */
final class Outbox implements AutoCloseable {
    static final long FIRST = MessageIds.firstOf(MessageIds.dayOf(MessageIds.firstOf(Instant.now())));

    final AtomicBoolean cut = new AtomicBoolean();
    /** Name of the thread that fails at its next look at the database, as by a defect. */
    final AtomicReference<String> breaks = new AtomicReference<>();

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;

    Outbox() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(16);
        pool = new HikariDataSource(config);
        Schema.migrate(pool, "journal");
        for (String table : List.of("message", "message_body", "event", "delivery")) {
            execute("create table " + table + "_any partition of " + table + " default");
        }
    }

    void empty() throws SQLException {
        cut.set(false);
        execute("truncate message, message_body, event, delivery, counter, lease, destination, replay");
    }

    /** The pool, or a refusal as long as the power is cut. */
    DataSource dataSource() {
        return (DataSource) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getConnection") && cut.get()) {
                        throw new SQLException("power cut", "08006");
                    }
                    if (Thread.currentThread().getName().equals(breaks.get())) {
                        breaks.set(null);
                        throw new AssertionError("scripted");
                    }
                    return method.invoke(pool, args);
                });
    }

    /** Stores messages {@code first} to {@code first + count - 1} of so many patients, for the destinations. */
    void store(int first, int count, int patients, String... destinations) throws SQLException {
        String range = " from generate_series(" + first + "::bigint, " + (first + count - 1) + ") n";
        String id = FIRST + " + n";
        execute("insert into message (id, received_on, received_at, node, feed, format, charset, sender, receiver,"
                + " control_id, type, version, patient_id, visit_id, sent_at, source, state, acknowledge_when,"
                + " raw_length) select " + id + ", message_day(" + id + "), now(), 'test', 'a.feed', 'hl7v2:message',"
                + " 'UTF-8', 's', 'r', 'c' || n, 'ADT^A01', '2.5', 'p' || n % " + patients + ", '', '', '', 3, 1, 3"
                + range);
        execute("insert into message_body select " + id + ", message_day(" + id + "), 'MSH'::bytea" + range);
        execute("insert into event select " + id + ", message_day(" + id + "), now(), 't', 'ADT^A01', 'p' || n % "
                + patients + ", 'Patient/p' || n % " + patients + " || '/1'" + range);
        for (String destination : destinations) {
            execute("insert into delivery (message_id, received_on, destination, patient_key, state) select " + id
                    + ", message_day(" + id + "), '" + destination + "', 'p' || n % " + patients + ", 1" + range);
        }
    }

    /** The patients of each delivery. */
    Map<Long, List<String>> keys() throws SQLException {
        Map<Long, List<String>> keys = new HashMap<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select message_id, patient_key from delivery")) {
            while (row.next()) {
                keys.put(
                        row.getLong(1),
                        List.of(row.getString(2).split("\n")).stream()
                                .distinct()
                                .toList());
            }
        }
        return keys;
    }

    static long id(int number) {
        return FIRST + number;
    }

    long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Knows every version. */
    static CanonicalRepository repository() {
        return new CanonicalRepository() {
            @Override
            public Optional<CanonicalResource> read(String type, String id) {
                return Optional.of(resource(type, id));
            }

            @Override
            public Optional<CanonicalResource> readVersion(ResourceVersion version) {
                return Optional.of(resource(version.type(), version.id()));
            }

            @Override
            public Map<ResourceVersion, CanonicalResource> readVersions(List<ResourceVersion> versions) {
                Map<ResourceVersion, CanonicalResource> found = new HashMap<>();
                versions.forEach(version -> found.put(version, resource(version.type(), version.id())));
                return found;
            }

            private CanonicalResource resource(String type, String id) {
                ObjectNode content = JsonNodeFactory.instance.objectNode();
                return new CanonicalResource(type, id, content);
            }
        };
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
