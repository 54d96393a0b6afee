package org.tongmai.adapters.canonicalstore.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.PGStatement;

/** The statements of an upsert. Each takes a whole batch; rows go in key order so that index pages are met once. */
final class UpsertStatements {
    /** One number for the whole platform: pg_advisory locks know no schemas. "TMcs" in ASCII. */
    private static final long WRITERS_TURN = 0x544d6373L;

    private final Connection transaction;

    UpsertStatements(Connection transaction) {
        this.transaction = transaction;
    }

    /** Waits for the turn to write, kept until the transaction ends, and answers the time of this turn. */
    Instant takeTurn() throws SQLException {
        try (PreparedStatement lock = transaction.prepareStatement(
                "select pg_advisory_xact_lock(?), extract(epoch from clock_timestamp()) * 1000")) {
            lock.setLong(1, WRITERS_TURN);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return Instant.ofEpochMilli(row.getBigDecimal(2).longValue());
            }
        }
    }

    long takeBlock() throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("select nextval('canonical.resource_rid')");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Fills in number, version and hash of those that are stored. */
    void selectCurrent(Map<String, Working> resources) throws SQLException {
        // "offset 0" keeps the planner at one index look-up for each resource, whatever the statistics say.
        String sql = "select w.n, r.rid, r.version, r.hash, r.deleted "
                + "from unnest(?::text[], ?::text[]) with ordinality as w(type, id, n) cross join lateral "
                + "(select rid, version, hash, deleted from canonical.resource s "
                + "where s.type = w.type and s.id = w.id offset 0) r";
        List<Working> wanted = List.copyOf(resources.values());
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setArray(1, texts(wanted, each -> each.type));
            select.setArray(2, texts(wanted, each -> each.id));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Working found = wanted.get(rows.getInt(1) - 1);
                    found.rid = rows.getLong(2);
                    found.version = rows.getInt(3);
                    found.hash = rows.getObject(4, UUID.class);
                    found.deleted = rows.getBoolean(5);
                }
            }
        }
    }

    void selectContents(List<Working> wanted) throws SQLException {
        String sql =
                "select w.n, v.content from unnest(?::bigint[], ?::integer[]) with ordinality as w(rid, version, n) "
                        + "cross join lateral (select content from canonical.resource_version s "
                        + "where s.rid = w.rid and s.version = w.version offset 0) v";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setObject(1, wanted.stream().mapToLong(each -> each.rid).toArray());
            select.setObject(2, wanted.stream().mapToInt(each -> each.version).toArray());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    wanted.get(rows.getInt(1) - 1).content = rows.getBytes(2);
                }
            }
        }
    }

    void insertResources(List<Working> created, Instant now) throws SQLException {
        String sql = "insert into canonical.resource (rid, last_updated, hash, version, type, id) "
                + "select w.rid, ?, w.hash, w.version, w.type, w.id "
                + "from unnest(?::bigint[], ?::uuid[], ?::integer[], ?::text[], ?::text[]) as "
                + "w(rid, hash, version, type, id)";
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setObject(1, at(now));
            setResources(insert, created);
            insert.setArray(5, texts(created, each -> each.type));
            insert.setArray(6, texts(created, each -> each.id));
            insert.executeUpdate();
        }
    }

    void updateResources(List<Working> updated, Instant now) throws SQLException {
        String sql = "update canonical.resource r "
                + "set last_updated = ?, hash = w.hash, version = w.version, deleted = false "
                + "from unnest(?::bigint[], ?::uuid[], ?::integer[]) as w(rid, hash, version) where r.rid = w.rid";
        try (PreparedStatement update = plannedAnew(sql)) {
            update.setObject(1, at(now));
            setResources(update, updated);
            update.executeUpdate();
        }
    }

    void insertVersions(Collection<Working> changed, Instant now) throws SQLException {
        int size = changed.stream().mapToInt(each -> each.written.size()).sum();
        long[] rids = new long[size];
        int[] versions = new int[size];
        byte[][] contents = new byte[size][];
        int i = 0;
        for (Working resource : changed) {
            for (Working.Version version : resource.written) {
                rids[i] = resource.rid;
                versions[i] = version.version();
                contents[i++] = version.content();
            }
        }
        String sql = "insert into canonical.resource_version (rid, last_updated, version, content) "
                + "select w.rid, ?, w.version, w.content "
                + "from unnest(?::bigint[], ?::integer[], ?::bytea[]) as w(rid, version, content)";
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setObject(1, at(now));
            insert.setObject(2, rids);
            insert.setObject(3, versions);
            insert.setObject(4, contents);
            insert.executeUpdate();
        }
    }

    void insertTexts(List<IndexChanges.Row<IndexEntries.Text>> rows) throws SQLException {
        texts(
                "insert into canonical.search_text (rid, parameter, value, system) "
                        + "select * from unnest(?::bigint[], ?::smallint[], ?::text[], ?::text[])",
                rows);
    }

    void deleteTexts(List<IndexChanges.Row<IndexEntries.Text>> rows) throws SQLException {
        texts(
                "delete from canonical.search_text t "
                        + "using unnest(?::bigint[], ?::smallint[], ?::text[], ?::text[]) as w(rid, "
                        + "parameter, value, system) "
                        + "where t.parameter = w.parameter and t.value = w.value and t.system = "
                        + "w.system and t.rid = w.rid",
                rows);
    }

    void insertDates(List<IndexChanges.Row<IndexEntries.Date>> rows) throws SQLException {
        dates(
                "insert into canonical.search_date (rid, parameter, low, high) "
                        + "select * from unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[])",
                rows);
    }

    void deleteDates(List<IndexChanges.Row<IndexEntries.Date>> rows) throws SQLException {
        dates(
                "delete from canonical.search_date t "
                        + "using unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[]) as "
                        + "w(rid, parameter, low, high) "
                        + "where t.parameter = w.parameter and t.low = w.low and t.high = w.high and t.rid = w.rid",
                rows);
    }

    private void texts(String sql, List<IndexChanges.Row<IndexEntries.Text>> rows) throws SQLException {
        short[] parameters = new short[rows.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = rows.get(i).entry().parameter();
        }
        try (PreparedStatement change =
                sql.startsWith("delete") ? plannedAnew(sql) : transaction.prepareStatement(sql)) {
            change.setObject(1, rows.stream().mapToLong(IndexChanges.Row::rid).toArray());
            change.setObject(2, parameters);
            change.setArray(3, texts(rows, row -> row.entry().value()));
            change.setArray(4, texts(rows, row -> row.entry().system()));
            change.executeUpdate();
        }
    }

    private void dates(String sql, List<IndexChanges.Row<IndexEntries.Date>> rows) throws SQLException {
        short[] parameters = new short[rows.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = rows.get(i).entry().parameter();
        }
        try (PreparedStatement change =
                sql.startsWith("delete") ? plannedAnew(sql) : transaction.prepareStatement(sql)) {
            change.setObject(1, rows.stream().mapToLong(IndexChanges.Row::rid).toArray());
            change.setObject(2, parameters);
            change.setObject(
                    3, rows.stream().mapToLong(row -> row.entry().low()).toArray());
            change.setObject(
                    4, rows.stream().mapToLong(row -> row.entry().high()).toArray());
            change.executeUpdate();
        }
    }

    /**
     * Prepares a statement that joins. A plan kept from when the table was small would read the whole table for ever, so
     * these are planned for each batch.
     */
    private PreparedStatement plannedAnew(String sql) throws SQLException {
        PreparedStatement statement = transaction.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        return statement;
    }

    private void setResources(PreparedStatement statement, List<Working> resources) throws SQLException {
        statement.setObject(2, resources.stream().mapToLong(each -> each.rid).toArray());
        statement.setArray(
                3,
                transaction.createArrayOf(
                        "uuid", resources.stream().map(each -> each.hash).toArray()));
        statement.setObject(4, resources.stream().mapToInt(each -> each.version).toArray());
    }

    private <T> Array texts(List<T> rows, Function<T, String> value) throws SQLException {
        return transaction.createArrayOf("text", rows.stream().map(value).toArray(String[]::new));
    }

    private static OffsetDateTime at(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }
}
