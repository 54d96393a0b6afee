package org.tongmai.adapters.patientindex.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.LeftOut;
import org.tongmai.standards.patientindex.PatientIndex.IndexCounts;
import org.tongmai.standards.patientindex.PatientIndexStore;
import org.tongmai.standards.patientindex.Review;

/** Reads the index. */
public class IndexReader implements PatientIndexStore.Reading {
    private static final String RECORD =
            "select r.number, r.patient_id, r.version, r.person, r.state, r.links, r.traits, r.keys "
                    + "from patient_index.record r ";
    private static final String OPERATION =
            "select o.number, o.at, o.kind, o.by, o.reason, o.verdict, o.undoes, o.undone_by "
                    + "from patient_index.operation o ";
    private static final String REVIEW = "select v.number, v.first, v.second, v.state, v.created_at, v.verdict, "
            + "v.decided_at, v.decided_by, v.reason from patient_index.review v ";

    private final Rows rows;

    public IndexReader(Connection connection) {
        this.rows = new Rows(connection);
    }

    Rows rows() {
        return rows;
    }

    @Override
    public List<IndexedRecord> byPatient(Collection<String> patientIds) {
        return patientIds.isEmpty()
                ? List.of()
                : rows.query(
                        RECORD + "where r.patient_id = any(?)", IndexReader::record, (Object) Rows.texts(patientIds));
    }

    @Override
    public Map<String, Integer> versions(Collection<String> patientIds) {
        Map<String, Integer> versions = new HashMap<>();
        rows.query(
                "select patient_id, version from patient_index.record where patient_id = any(?)",
                row -> versions.put(row.getString(1), row.getInt(2)),
                (Object) Rows.texts(patientIds));
        return versions;
    }

    @Override
    public List<IndexedRecord> byNumber(Collection<Long> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : rows.query(RECORD + "where r.number = any(?)", IndexReader::record, (Object) Rows.longs(numbers));
    }

    @Override
    public List<IndexedRecord> byPerson(Collection<Long> persons) {
        return persons.isEmpty()
                ? List.of()
                : rows.query(RECORD + "where r.person = any(?) order by r.number", IndexReader::record, (Object)
                        Rows.longs(persons));
    }

    @Override
    public List<PatientIndexStore.KeyHit> find(Collection<Long> keys, int limit) {
        return keys.isEmpty()
                ? List.of()
                : rows.query(
                        "select p.key, k.record from unnest(?::bigint[]) as p(key) cross join lateral "
                                + "(select record from patient_index.key where key = p.key limit ?) k",
                        row -> new PatientIndexStore.KeyHit(row.getLong(1), row.getLong(2)),
                        Rows.longs(keys),
                        limit);
    }

    @Override
    public List<PatientIndexStore.KnownPair> pairs(Collection<Long> records) {
        return records.isEmpty()
                ? List.of()
                : rows.query(
                        "select first, second, state from patient_index.review where state in (1, 3) and first = any(?) "
                                + "union select first, second, state from patient_index.review where state in (1, 3) "
                                + "and second = any(?)",
                        row -> new PatientIndexStore.KnownPair(
                                new PatientIndexStore.Pair(row.getLong(1), row.getLong(2)),
                                Review.State.of(row.getInt(3))),
                        Rows.longs(records),
                        Rows.longs(records));
    }

    @Override
    public Map<Long, Long> successors(Collection<Long> persons) {
        Map<Long, Long> successors = new HashMap<>();
        if (!persons.isEmpty()) {
            rows.query(
                    "select distinct on (from_person) from_person, to_person from patient_index.move "
                            + "where from_person = any(?) and to_person <> from_person "
                            + "order by from_person, operation desc",
                    row -> successors.put(row.getLong(1), row.getLong(2)),
                    (Object) Rows.longs(persons));
        }
        return successors;
    }

    @Override
    public Optional<IndexOperation> operation(long number) {
        return operations(OPERATION + "where o.number = ?", number).stream().findFirst();
    }

    @Override
    public List<IndexOperation> history(long person, int count) {
        return operations(
                OPERATION + "where o.number in (select operation from patient_index.move where from_person = ? "
                        + "union select operation from patient_index.move where to_person = ?) "
                        + "order by o.number desc limit ?",
                person,
                person,
                count);
    }

    @Override
    public Optional<IndexOperation> lastMove(long record, IndexOperation.Kind kind) {
        return operations(
                        OPERATION + "join patient_index.move m on m.operation = o.number where m.record = ? "
                                + "and o.kind = ? and o.undone_by = 0 order by o.number desc limit 1",
                        record,
                        kind.code())
                .stream()
                .findFirst();
    }

    private List<IndexOperation> operations(String sql, Object... values) {
        List<IndexOperation> found = rows.query(sql, IndexReader::operation, values);
        long[] numbers = found.stream().mapToLong(IndexOperation::number).toArray();
        Map<Long, List<MoveRow>> moves = numbers.length == 0
                ? Map.of()
                : rows
                        .query(
                                "select operation, record, from_person, to_person from patient_index.move "
                                        + "where operation = any(?) order by record",
                                row -> new MoveRow(
                                        row.getLong(1),
                                        new IndexOperation.Move(row.getLong(2), row.getLong(3), row.getLong(4))),
                                (Object) numbers)
                        .stream()
                        .collect(Collectors.groupingBy(MoveRow::operation));
        return found.stream()
                .map(each -> new IndexOperation(
                        each.number(),
                        each.at(),
                        each.kind(),
                        each.basis(),
                        each.undoes(),
                        each.undoneBy(),
                        moves.getOrDefault(each.number(), List.of()).stream()
                                .map(MoveRow::move)
                                .toList()))
                .toList();
    }

    private record MoveRow(long operation, IndexOperation.Move move) {}

    @Override
    public List<Review> reviews(Review.State state, int count) {
        return rows.query(
                REVIEW + "where v.state = ? order by v.grade, v.score desc, v.number limit ?",
                IndexReader::review,
                state.code(),
                count);
    }

    @Override
    public Optional<Review> review(long number) {
        return rows.query(REVIEW + "where v.number = ?", IndexReader::review, number).stream()
                .findFirst();
    }

    @Override
    public IndexCounts counts() {
        String sql = "select (select count(*) from patient_index.record), "
                + "(select count(distinct person) from patient_index.record), "
                + "(select count(*) from patient_index.review where state = 1), "
                + "(select count(*) from patient_index.left_out)";
        return rows.query(
                        sql,
                        row -> new IndexCounts(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), position("canonical")))
                .get(0);
    }

    @Override
    public int followed(String linkageId) {
        return rows
                .query(
                        "select version from patient_index.statement where linkage_id = ?",
                        row -> row.getInt(1),
                        linkageId)
                .stream()
                .findFirst()
                .orElse(0);
    }

    @Override
    public String position(String follower) {
        return rows
                .query("select position from patient_index.follower where name = ?", row -> row.getString(1), follower)
                .stream()
                .findFirst()
                .orElse("");
    }

    @Override
    public List<LeftOut> leftOut(int count) {
        return rows.query(
                "select type, id, version, at, attempts, cause from patient_index.left_out order by at desc, id limit ?",
                row -> new LeftOut(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        instant(row, 4),
                        row.getInt(5),
                        row.getString(6)),
                count);
    }

    @Override
    public List<PatientIndexStore.GuardianRow> guardianships(Collection<Long> persons) {
        return persons.isEmpty()
                ? List.of()
                : rows.query(
                        GuardianRows.SELECT + "where a.person = any(?) or b.person = any(?) order by g.number desc",
                        GuardianRows::read,
                        Rows.longs(persons),
                        Rows.longs(persons));
    }

    @Override
    public Optional<PatientIndexStore.GuardianRow> guardianship(long number) {
        return rows.query(GuardianRows.SELECT + "where g.number = ?", GuardianRows::read, number).stream()
                .findFirst();
    }

    private static IndexedRecord record(ResultSet row) throws SQLException {
        String links = row.getString(6);
        Array keys = row.getArray(8);
        return new IndexedRecord(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                IndexedRecord.State.of(row.getInt(5)),
                links.isEmpty() ? List.of() : List.of(links.split(" ")),
                IndexJson.traits(row.getString(7)),
                List.of((Long[]) keys.getArray()));
    }

    private static IndexOperation operation(ResultSet row) throws SQLException {
        return new IndexOperation(
                row.getLong(1),
                instant(row, 2),
                IndexOperation.Kind.of(row.getInt(3)),
                new IndexOperation.Basis(row.getString(4), row.getString(5), IndexJson.verdict(row.getString(6))),
                row.getLong(7),
                row.getLong(8),
                List.of());
    }

    private static Review review(ResultSet row) throws SQLException {
        Instant decidedAt = instant(row, 7);
        return new Review(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                IndexJson.verdict(row.getString(6)),
                Review.State.of(row.getInt(4)),
                instant(row, 5),
                decidedAt == null ? null : new Review.Decision(row.getString(8), decidedAt, row.getString(9)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
