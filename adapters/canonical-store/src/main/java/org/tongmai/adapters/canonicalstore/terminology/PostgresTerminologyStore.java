package org.tongmai.adapters.canonicalstore.terminology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.TerminologyError;
import org.tongmai.standards.terminology.TerminologyStore;
import org.tongmai.standards.terminology.UnmappedCodes;

/** Keeps uploaded tables in PostgreSQL. Versions are numbered without gaps; of two made from the same one the first wins. */
public final class PostgresTerminologyStore implements TerminologyStore {
    /** Different codes kept; beyond that they are counted per map. */
    static final int LIMIT = 50_000;

    private static final String SCHEMA = "terminology";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String NEWEST = "select coalesce(max(number), 0) from terminology.version";
    private static final String TABLES =
            """
            select t.path, c.text from terminology.version_table t join terminology.content c on c.digest = t.digest
            where t.version = ?""";
    private static final String VERSIONS =
            "select number, at, by, reason, files, restores from terminology.version order by number desc limit ?";
    private static final String ADD =
            """
            insert into terminology.version (number, by, reason, files, restores) values (?, ?, ?, ?, ?)
            returning number, at, by, reason, files, restores""";
    private static final String ADD_CONTENT =
            "insert into terminology.content (digest, text) values (?, ?) on conflict do nothing";
    private static final String ADD_TABLE =
            "insert into terminology.version_table (version, path, digest) values (?, ?, ?)";
    private static final String COUNT =
            """
            with full_up as (select count(*) >= ? as yes from terminology.unmapped),
              counted as (
                select u.sender, u.concept_map, u.code, u.count,
                  f.yes and not exists (
                    select from terminology.unmapped k
                    where k.sender = u.sender and k.concept_map = u.concept_map and k.code = u.code) as over
                from unnest(?::text[], ?::text[], ?::text[], ?::bigint[]) as u (sender, concept_map, code, count)
                cross join full_up f)
            insert into terminology.unmapped (sender, concept_map, code, count)
            select case when over then '' else sender end, concept_map, case when over then '' else code end, sum(count)
            from counted group by 1, 2, 3 order by 1, 2, 3
            on conflict (sender, concept_map, code)
            do update set count = unmapped.count + excluded.count, last_seen = now()""";
    private static final String UNMAPPED =
            """
            select sender, concept_map, code, count, first_seen, last_seen from terminology.unmapped
            order by count desc, sender, concept_map, code limit ?""";

    private final DataSource dataSource;

    private PostgresTerminologyStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Brings the schema {@code terminology} up to date and answers the store on it. */
    public static PostgresTerminologyStore migrated(DataSource dataSource) {
        Flyway.configure(PostgresTerminologyStore.class.getClassLoader())
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .table("schema_history")
                .locations("classpath:db/terminology")
                .load()
                .migrate();
        return new PostgresTerminologyStore(dataSource);
    }

    @Override
    public long newest() {
        return run(connection -> read(connection, NEWEST, List.of(), row -> row.getLong(1)))
                .get(0);
    }

    @Override
    public Map<String, String> tables(long version) {
        if (version == 0) {
            return Map.of();
        }
        Map<String, String> tables = new HashMap<>();
        run(connection ->
                read(connection, TABLES, List.of(version), row -> tables.put(row.getString(1), row.getString(2))));
        return tables;
    }

    @Override
    public List<Version> versions(int limit) {
        return run(connection -> read(connection, VERSIONS, List.of(limit), PostgresTerminologyStore::version));
    }

    @Override
    public Version add(long after, Change change, Map<String, String> tables) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                Version version = insert(connection, after + 1, change, tables);
                connection.commit();
                return version;
            } catch (SQLException e) {
                connection.rollback();
                if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw new CodedException(
                            Issue.of(TerminologyError.STALE, "", "there is a version " + (after + 1)), e);
                }
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    private static Version insert(Connection connection, long number, Change change, Map<String, String> tables)
            throws SQLException {
        Object files = connection.createArrayOf("text", change.files().toArray());
        List<Object> values = List.of(number, change.by(), change.reason(), files, change.restores());
        Version version =
                read(connection, ADD, values, PostgresTerminologyStore::version).get(0);
        try (PreparedStatement content = connection.prepareStatement(ADD_CONTENT);
                PreparedStatement table = connection.prepareStatement(ADD_TABLE)) {
            for (Map.Entry<String, String> each : tables.entrySet()) {
                byte[] digest = digest(each.getValue());
                content.setBytes(1, digest);
                content.setString(2, each.getValue());
                content.addBatch();
                table.setLong(1, number);
                table.setString(2, each.getKey());
                table.setBytes(3, digest);
                table.addBatch();
            }
            content.executeBatch();
            table.executeBatch();
        }
        return version;
    }

    @Override
    public void count(Map<UnmappedCodes.Key, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        // Nodes lock rows in the same order.
        List<UnmappedCodes.Key> keys = new ArrayList<>(counts.keySet());
        keys.sort(Comparator.comparing(UnmappedCodes.Key::sender)
                .thenComparing(UnmappedCodes.Key::conceptMap)
                .thenComparing(UnmappedCodes.Key::code));
        run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                statement.setInt(1, LIMIT);
                statement.setObject(
                        2,
                        texts(
                                connection,
                                keys.stream().map(UnmappedCodes.Key::sender).toArray()));
                statement.setObject(
                        3,
                        texts(
                                connection,
                                keys.stream().map(UnmappedCodes.Key::conceptMap).toArray()));
                statement.setObject(
                        4,
                        texts(
                                connection,
                                keys.stream().map(UnmappedCodes.Key::code).toArray()));
                statement.setObject(
                        5,
                        connection.createArrayOf(
                                "bigint", keys.stream().map(counts::get).toArray()));
                return statement.executeUpdate();
            }
        });
    }

    private static Object texts(Connection connection, Object[] texts) throws SQLException {
        return connection.createArrayOf("text", texts);
    }

    @Override
    public List<UnmappedCodes.Line> unmapped(int limit) {
        return run(connection -> read(
                connection,
                UNMAPPED,
                List.of(limit),
                row -> new UnmappedCodes.Line(
                        new UnmappedCodes.Key(row.getString(1), row.getString(2), row.getString(3)),
                        row.getLong(4),
                        time(row, 5),
                        time(row, 6))));
    }

    private static Version version(ResultSet row) throws SQLException {
        List<String> files = List.of((String[]) row.getArray(5).getArray());
        Change change = new Change(row.getString(3), row.getString(4), files, row.getLong(6));
        return new Version(row.getLong(1), time(row, 2), change);
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new CodedException(Issue.of(TerminologyError.STORE_AWAY, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }

    private static <T> List<T> read(Connection connection, String sql, List<Object> values, Row<T> each)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(each.of(row));
                }
                return rows;
            }
        }
    }
}
