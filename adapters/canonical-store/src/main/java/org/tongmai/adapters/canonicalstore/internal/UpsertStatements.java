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
import java.util.UUID;
import java.util.function.Function;

/** The statements of an upsert. Each takes a whole batch; rows go in key order so that index pages are met once. */
final class UpsertStatements {
    /** One number for the whole platform: pg_advisory locks know no schemas. "TMcs" in ASCII. */
    private static final long WRITERS_TURN = 0x544d6373L;

    // "offset 0" keeps the planner at one index look-up for each resource, whatever the statistics say.
    private static final String LOOK_UP =
            """
            select w.n, r.rid, r.version, r.hash, r.deleted
            from unnest(?::text[], ?::text[]) with ordinality as w(type, id, n) cross join lateral
              (select rid, version, hash, deleted from canonical.resource s
               where s.type = w.type and s.id = w.id offset 0) r""";
    private static final String TURN =
            """
            select pg_advisory_xact_lock(?), (extract(epoch from clock_timestamp()) * 1000)::bigint;
            select store, number from canonical.turn where one = 1;
            """
                    + LOOK_UP;
    private static final String END_TURN = "update canonical.turn set store = ?, number = ? where one = 1";
    private static final String CREATE =
            """
            insert into canonical.resource (rid, last_updated, hash, version, type, id)
            select w.rid, ?, w.hash, w.version, w.type, w.id
            from unnest(?::bigint[], ?::uuid[], ?::integer[], ?::text[], ?::text[]) as w(rid, hash, version, type, id)""";
    private static final String UPDATE =
            """
            update canonical.resource set last_updated = ?, deleted = false,
              hash = (?::uuid[])[array_position(?::bigint[], rid)],
              version = (?::integer[])[array_position(?::bigint[], rid)]
            where rid = any(?::bigint[])""";
    private static final String VERSIONS =
            """
            insert into canonical.resource_version (rid, last_updated, version, content, type)
            select w.rid, ?, w.version, w.content, w.type
            from unnest(?::bigint[], ?::integer[], ?::bytea[], ?::text[]) as w(rid, version, content, type)""";
    private static final String REMOVE_TEXTS =
            """
            delete from canonical.search_text where ctid = any(array(
              select t.ctid from unnest(?::bigint[], ?::smallint[], ?::text[], ?::text[]) as w(rid, parameter, value, system)
              cross join lateral (
                select s.ctid from canonical.search_text s where s.parameter = w.parameter and s.value = w.value
                and s.system = w.system and s.rid = w.rid offset 0) t))""";
    private static final String REMOVE_DATES =
            """
            delete from canonical.search_date where ctid = any(array(
              select t.ctid from unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[]) as w(rid, parameter, low, high)
              cross join lateral (
                select s.ctid from canonical.search_date s where s.parameter = w.parameter and s.low = w.low
                and s.high = w.high and s.rid = w.rid offset 0) t))""";
    private static final String ADD_TEXTS =
            """
            insert into canonical.search_text (rid, parameter, value, system)
            select * from unnest(?::bigint[], ?::smallint[], ?::text[], ?::text[])""";
    private static final String ADD_DATES =
            """
            insert into canonical.search_date (rid, parameter, low, high)
            select * from unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[])""";
    private static final String WRITE =
            String.join(";", CREATE, UPDATE, VERSIONS, REMOVE_TEXTS, REMOVE_DATES, ADD_TEXTS, ADD_DATES, END_TURN);

    private final Connection transaction;

    UpsertStatements(Connection transaction) {
        this.transaction = transaction;
    }

    /**
     * A turn to write.
     *
     * @param now its time
     * @param last the turn before
     */
    record Begun(Instant now, ContentCache.Turn last) {}

    /**
     * Waits for the turn to write, kept until the transaction ends; then fills in number, version and hash of what is
     * stored.
     */
    Begun takeTurn(List<Working> wanted) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(TURN)) {
            statement.setLong(1, WRITERS_TURN);
            statement.setArray(2, texts(wanted, each -> each.type));
            statement.setArray(3, texts(wanted, each -> each.id));
            statement.execute();
            Instant now;
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                now = Instant.ofEpochMilli(row.getLong(2));
            }
            statement.getMoreResults();
            ContentCache.Turn last;
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                last = new ContentCache.Turn(row.getObject(1, UUID.class), row.getLong(2));
            }
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                fill(rows, wanted);
            }
            return new Begun(now, last);
        }
    }

    /** Fills in number, version and hash of what is stored. Only in a turn. */
    void lookUp(List<Working> wanted) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(LOOK_UP)) {
            select.setArray(1, texts(wanted, each -> each.type));
            select.setArray(2, texts(wanted, each -> each.id));
            try (ResultSet rows = select.executeQuery()) {
                fill(rows, wanted);
            }
        }
    }

    private static void fill(ResultSet rows, List<Working> wanted) throws SQLException {
        while (rows.next()) {
            Working found = wanted.get(rows.getInt(1) - 1);
            found.rid = rows.getLong(2);
            found.version = rows.getInt(3);
            found.hash = rows.getObject(4, UUID.class);
            found.deleted = rows.getBoolean(5);
        }
    }

    long takeBlock() throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("select nextval('canonical.resource_rid')");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
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

    /**
     * Writes what a batch changed in one round trip: new resources, changed ones, their versions, the search index. What is
     * empty costs next to nothing, so the text is always the same and prepared once. Plans are kept from when the tables
     * were small, so nothing joins a table: rows are found by array, or by a look-up that "offset 0" keeps apart.
     *
     * @return whether every resource that was to be changed was there
     */
    boolean write(Collection<Working> changed, IndexChanges index, Instant time, ContentCache.Turn turn)
            throws SQLException {
        List<Working> created = changed.stream().filter(each -> each.created).toList();
        List<Working> updated = changed.stream().filter(each -> !each.created).toList();
        try (PreparedStatement statement = transaction.prepareStatement(WRITE)) {
            Parameters parameters = new Parameters(statement);
            OffsetDateTime now = at(time);
            parameters.set(now);
            resources(parameters, created);
            parameters.set(texts(created, each -> each.type));
            parameters.set(texts(created, each -> each.id));
            parameters.set(now);
            changes(parameters, updated);
            parameters.set(now);
            versions(parameters, changed);
            texts(parameters, index.textsRemoved());
            dates(parameters, index.datesRemoved());
            texts(parameters, index.textsAdded());
            dates(parameters, index.datesAdded());
            parameters.set(turn.store());
            parameters.set(turn.number());
            statement.execute();
            statement.getMoreResults(); // from what was created to what was changed
            return statement.getUpdateCount() == updated.size();
        }
    }

    private void resources(Parameters parameters, List<Working> resources) throws SQLException {
        parameters.set(resources.stream().mapToLong(each -> each.rid).toArray());
        parameters.set(hashes(resources));
        parameters.set(resources.stream().mapToInt(each -> each.version).toArray());
    }

    private void changes(Parameters parameters, List<Working> updated) throws SQLException {
        long[] rids = updated.stream().mapToLong(each -> each.rid).toArray();
        parameters.set(hashes(updated));
        parameters.set(rids);
        parameters.set(updated.stream().mapToInt(each -> each.version).toArray());
        parameters.set(rids);
        parameters.set(rids);
    }

    private void versions(Parameters parameters, Collection<Working> changed) throws SQLException {
        int size = changed.stream().mapToInt(each -> each.written.size()).sum();
        long[] rids = new long[size];
        int[] versions = new int[size];
        byte[][] contents = new byte[size][];
        String[] types = new String[size];
        int i = 0;
        for (Working resource : changed) {
            for (Working.Version version : resource.written) {
                rids[i] = resource.rid;
                versions[i] = version.version();
                types[i] = resource.type;
                contents[i++] = version.content();
            }
        }
        parameters.set(rids);
        parameters.set(versions);
        parameters.set(contents);
        parameters.set(transaction.createArrayOf("text", types));
    }

    private void texts(Parameters parameters, List<IndexChanges.Row<IndexEntries.Text>> rows) throws SQLException {
        short[] numbers = new short[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = rows.get(i).entry().parameter();
        }
        parameters.set(rows.stream().mapToLong(IndexChanges.Row::rid).toArray());
        parameters.set(numbers);
        parameters.set(texts(rows, row -> row.entry().value()));
        parameters.set(texts(rows, row -> row.entry().system()));
    }

    private static void dates(Parameters parameters, List<IndexChanges.Row<IndexEntries.Date>> rows)
            throws SQLException {
        short[] numbers = new short[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = rows.get(i).entry().parameter();
        }
        parameters.set(rows.stream().mapToLong(IndexChanges.Row::rid).toArray());
        parameters.set(numbers);
        parameters.set(rows.stream().mapToLong(row -> row.entry().low()).toArray());
        parameters.set(rows.stream().mapToLong(row -> row.entry().high()).toArray());
    }

    private Array hashes(List<Working> resources) throws SQLException {
        return transaction.createArrayOf(
                "uuid", resources.stream().map(each -> each.hash).toArray());
    }

    private <T> Array texts(List<T> rows, Function<T, String> value) throws SQLException {
        return transaction.createArrayOf("text", rows.stream().map(value).toArray(String[]::new));
    }

    private static OffsetDateTime at(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    /** Sets parameters one after the other. */
    private static final class Parameters {
        private final PreparedStatement statement;
        private int last;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        void set(Object value) throws SQLException {
            statement.setObject(++last, value);
        }
    }
}
