package org.tongmai.adapters.patientindex.internal;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tongmai.standards.patientindex.Guardianship;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.LeftOut;
import org.tongmai.standards.patientindex.MatchGrade;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientIndexStore;
import org.tongmai.standards.patientindex.Review;

/** Writes the index inside an open transaction, each table with one statement a call. */
public final class IndexWriter extends IndexReader implements PatientIndexStore.Writing {
    private static final String SAVE = "insert into patient_index.record "
            + "(number, patient_id, version, person, state, links, traits, keys) "
            + "select n, i, v, p, s, l, t, (select coalesce(array_agg(k::bigint), '{}') "
            + "from unnest(string_to_array(nullif(k, ''), ' ')) as k) "
            + "from unnest(?::bigint[], ?::text[], ?::integer[], ?::bigint[], ?::smallint[], ?::text[], ?::text[], "
            + "?::text[]) as x(n, i, v, p, s, l, t, k) "
            + "on conflict (number) do update set version = excluded.version, state = excluded.state, "
            + "links = excluded.links, traits = excluded.traits, keys = excluded.keys";

    private static final String QUEUE = "insert into patient_index.review "
            + "(number, first, second, state, score, grade, created_at, verdict, decided_at, decided_by, reason) "
            + "select nextval('patient_index.number'), f, s, st, sc, g, clock_timestamp(), v, "
            + "case when b is null then null else clock_timestamp() end, b, w "
            + "from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::real[], ?::smallint[], ?::text[], ?::text[], "
            + "?::text[]) as x(f, s, st, sc, g, v, b, w) "
            // A candidate that comes up again is brought up to date while it is open; a decision replaces what was.
            + "on conflict (first, second) do update set score = excluded.score, grade = excluded.grade, "
            + "verdict = coalesce(excluded.verdict, review.verdict), state = excluded.state, "
            + "decided_at = excluded.decided_at, decided_by = excluded.decided_by, reason = excluded.reason "
            + "where review.state in (1, 4) or excluded.state = 3";

    public IndexWriter(Connection connection) {
        super(connection);
    }

    @Override
    public List<Long> numbers(int count) {
        return rows().query(
                        "select nextval('patient_index.number') from generate_series(1, ?)",
                        row -> row.getLong(1),
                        count);
    }

    @Override
    public void save(Collection<IndexedRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        long[] numbers = Rows.longs(records.stream().map(IndexedRecord::number).toList());
        KeyRows keys = KeyRows.of(records);
        // Most of a record's keys stay when it changes: only those that go and those that come are written.
        rows().execute(
                        "delete from patient_index.key k using (select unnest(keys) as key, number "
                                + "from patient_index.record where number = any(?) "
                                + "except select * from unnest(?::bigint[], ?::bigint[])) o "
                                + "where k.key = o.key and k.record = o.number",
                        numbers,
                        keys.keys(),
                        keys.numbers());
        rows().execute(
                        SAVE,
                        numbers,
                        texts(records, IndexedRecord::patientId),
                        records.stream().mapToInt(IndexedRecord::version).toArray(),
                        Rows.longs(records.stream().map(IndexedRecord::person).toList()),
                        shorts(records.stream().map(each -> each.state().code()).toList()),
                        texts(records, each -> String.join(" ", each.links())),
                        texts(records, each -> IndexJson.write(each.traits())),
                        texts(records, IndexWriter::keys));
        rows().execute(
                        "insert into patient_index.key (key, record) select * from unnest(?::bigint[], ?::bigint[]) "
                                + "on conflict do nothing",
                        keys.keys(),
                        keys.numbers());
    }

    @Override
    public void touch(Collection<IndexedRecord> records) {
        if (!records.isEmpty()) {
            rows().execute(
                            "update patient_index.record r set version = x.v from unnest(?::bigint[], ?::integer[]) "
                                    + "as x(n, v) where r.number = x.n",
                            Rows.longs(
                                    records.stream().map(IndexedRecord::number).toList()),
                            records.stream().mapToInt(IndexedRecord::version).toArray());
        }
    }

    /** Keys with the numbers of the records found under them. */
    private record KeyRows(long[] keys, long[] numbers) {
        static KeyRows of(Collection<IndexedRecord> records) {
            List<Long> keys = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            for (IndexedRecord record : records) {
                for (long key : record.keys()) {
                    keys.add(key);
                    numbers.add(record.number());
                }
            }
            return new KeyRows(Rows.longs(keys), Rows.longs(numbers));
        }
    }

    private static String keys(IndexedRecord record) {
        StringBuilder text = new StringBuilder();
        record.keys().forEach(key -> text.append(text.isEmpty() ? "" : " ").append(key));
        return text.toString();
    }

    @Override
    public List<Long> apply(List<IndexOperation> operations) {
        if (operations.isEmpty()) {
            return List.of();
        }
        List<Long> numbers = numbers(operations.size());
        rows().execute(
                        "insert into patient_index.operation (number, at, kind, by, reason, verdict, undoes, undone_by) "
                                + "select n, clock_timestamp(), k, b, r, v, u, 0 from unnest(?::bigint[], ?::smallint[], "
                                + "?::text[], ?::text[], ?::text[], ?::bigint[]) as x(n, k, b, r, v, u)",
                        Rows.longs(numbers),
                        shorts(operations.stream()
                                .map(each -> each.kind().code())
                                .toList()),
                        texts(operations, each -> each.basis().by()),
                        texts(operations, each -> each.basis().reason()),
                        texts(operations, each -> IndexJson.write(each.basis().verdict())),
                        Rows.longs(
                                operations.stream().map(IndexOperation::undoes).toList()));
        rows().execute(
                        "update patient_index.operation o set undone_by = x.n from unnest(?::bigint[], ?::bigint[]) "
                                + "as x(n, u) where o.number = x.u and x.u <> 0",
                        Rows.longs(numbers),
                        Rows.longs(
                                operations.stream().map(IndexOperation::undoes).toList()));
        move(operations, numbers);
        return numbers;
    }

    /** A record may move more than once in a batch; the last counts. */
    private void move(List<IndexOperation> operations, List<Long> numbers) {
        List<long[]> moves = IntStream.range(0, operations.size())
                .boxed()
                .flatMap(i -> operations.get(i).moves().stream()
                        .map(move -> new long[] {numbers.get(i), move.record(), move.from(), move.to()}))
                .toList();
        rows().execute(
                        "insert into patient_index.move (operation, record, from_person, to_person) "
                                + "select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])",
                        column(moves, 0),
                        column(moves, 1),
                        column(moves, 2),
                        column(moves, 3));
        rows().execute(
                        "update patient_index.record r set person = x.p from (select distinct on (r) r, p from "
                                + "unnest(?::bigint[], ?::bigint[], ?::bigint[]) as y(o, r, p) order by r, o desc) x "
                                + "where r.number = x.r",
                        column(moves, 0),
                        column(moves, 1),
                        column(moves, 3));
    }

    private static long[] column(List<long[]> rows, int column) {
        return rows.stream().mapToLong(row -> row[column]).toArray();
    }

    @Override
    public void queue(Collection<Review> reviews) {
        List<Review> distinct = reviews.stream()
                .collect(Collectors.toMap(
                        each -> PatientIndexStore.Pair.of(each.first(), each.second()),
                        each -> each,
                        (a, b) -> a,
                        LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        if (distinct.isEmpty()) {
            return;
        }
        rows().execute(
                        QUEUE,
                        Rows.longs(distinct.stream().map(Review::first).toList()),
                        Rows.longs(distinct.stream().map(Review::second).toList()),
                        shorts(distinct.stream()
                                .map(each -> each.state().code())
                                .toList()),
                        scores(distinct),
                        shorts(distinct.stream().map(IndexWriter::grade).toList()),
                        texts(distinct, each -> IndexJson.write(each.verdict())),
                        texts(
                                distinct,
                                each -> each.decision() == null
                                        ? null
                                        : each.decision().by()),
                        texts(
                                distinct,
                                each -> each.decision() == null
                                        ? null
                                        : each.decision().reason()));
    }

    private static int grade(Review review) {
        MatchVerdict verdict = review.verdict();
        return (verdict == null ? MatchGrade.NONE : verdict.grade()).ordinal();
    }

    @Override
    public long add(Guardianship guardianship, long guardianRecord, long wardRecord) {
        long number = numbers(1).get(0);
        rows().execute(
                        "insert into patient_index.guardianship (number, guardian, ward, kind, from_day, until_day, "
                                + "recorded_by, recorded_at, reason) values (?, ?, ?, ?, ?, ?, ?, clock_timestamp(), ?)",
                        number,
                        guardianRecord,
                        wardRecord,
                        guardianship.kind().code(),
                        guardianship.from(),
                        guardianship.until(),
                        guardianship.recorded().by(),
                        guardianship.recorded().reason());
        return number;
    }

    @Override
    public void end(long guardianship, Guardianship.Entry entry) {
        rows().execute(
                        "update patient_index.guardianship set ended_by = ?, ended_at = clock_timestamp(), end_reason = ? "
                                + "where number = ? and ended_at is null",
                        entry.by(),
                        entry.reason(),
                        guardianship);
    }

    @Override
    public void decide(long review, Review.State state, Review.Decision decision) {
        rows().execute(
                        "update patient_index.review set state = ?, decided_at = clock_timestamp(), decided_by = ?, "
                                + "reason = ? where number = ?",
                        state.code(),
                        decision.by(),
                        decision.reason(),
                        review);
    }

    @Override
    public void settle(Collection<Long> records) {
        if (records.isEmpty()) {
            return;
        }
        rows().execute(
                        "update patient_index.review v set state = 4 from patient_index.record a, patient_index.record b "
                                + "where v.state = 1 and a.number = v.first and b.number = v.second and a.person = b.person "
                                + "and v.number in (select number from patient_index.review where first = any(?) "
                                + "union select number from patient_index.review where second = any(?))",
                        Rows.longs(records),
                        Rows.longs(records));
    }

    @Override
    public void follow(String linkageId, int version) {
        rows().execute(
                        "insert into patient_index.statement (linkage_id, version) values (?, ?) "
                                + "on conflict (linkage_id) do update set version = excluded.version",
                        linkageId,
                        version);
    }

    @Override
    public void position(String follower, String position) {
        rows().execute(
                        "insert into patient_index.follower (name, position) values (?, ?) "
                                + "on conflict (name) do update set position = excluded.position",
                        follower,
                        position);
    }

    @Override
    public void leaveOut(LeftOut resource) {
        rows().execute(
                        "insert into patient_index.left_out as l (type, id, version, at, attempts, cause) "
                                + "values (?, ?, ?, clock_timestamp(), 1, ?) on conflict (type, id) do update set "
                                + "version = excluded.version, at = excluded.at, attempts = l.attempts + 1, "
                                + "cause = excluded.cause",
                        resource.type(),
                        resource.id(),
                        resource.version(),
                        resource.cause());
    }

    @Override
    public void takeIn(String type, Collection<String> ids) {
        rows().execute("delete from patient_index.left_out where type = ? and id = any(?)", type, Rows.texts(ids));
    }

    private static <T> String[] texts(Collection<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static short[] shorts(List<Integer> numbers) {
        short[] shorts = new short[numbers.size()];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = numbers.get(i).shortValue();
        }
        return shorts;
    }

    private static float[] scores(List<Review> reviews) {
        float[] scores = new float[reviews.size()];
        for (int i = 0; i < scores.length; i++) {
            MatchVerdict verdict = reviews.get(i).verdict();
            scores[i] = verdict == null ? 0 : (float) verdict.score();
        }
        return scores;
    }
}
