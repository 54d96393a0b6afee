package org.tongmai.console.server.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tongmai.standards.patientindex.Evidence;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.LeftOut;
import org.tongmai.standards.patientindex.MatchGrade;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientIndex;
import org.tongmai.standards.patientindex.PatientTraits;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.Review;

/** Two records and one candidate; remembers who asked for what. */
public final class SamplePatientIndex implements PatientIndex {
    private static final MatchVerdict VERDICT = new MatchVerdict(
            MatchGrade.PROBABLE, "score", 12.5, List.of(new Evidence("name", "homophone", 5.3, "sounds alike")));

    private final List<By> asked = new ArrayList<>();

    public List<By> asked() {
        return asked;
    }

    private static IndexedRecord record(long number, String id) {
        PatientTraits traits = new PatientTraits(
                List.of(new PatientTraits.Name("张", "伟明")),
                "1990-03-07",
                "male",
                List.of("13912345678"),
                List.of("健康路88号3室"),
                List.of(new PatientTraits.Identifier("identity-number", "310101199003071230")));
        return new IndexedRecord(number, id, 1, number, IndexedRecord.State.ACTIVE, List.of(), traits, List.of());
    }

    private IndexOperation done(IndexOperation.Kind kind, By by) {
        asked.add(by);
        return new IndexOperation(
                9,
                Instant.parse("2026-11-20T00:00:00Z"),
                kind,
                new IndexOperation.Basis(by.account(), "same papers", VERDICT),
                0,
                0,
                List.of(new IndexOperation.Move(2, 2, 1)));
    }

    @Override
    public Optional<Person> find(String id) {
        return id.equals("pat-1")
                ? Optional.of(new Person(Person.id(1), List.of(record(1, "pat-1"))))
                : Optional.empty();
    }

    @Override
    public List<PatientMatch> match(ObjectNode patient, int count) {
        return List.of();
    }

    @Override
    public List<IndexOperation> history(String id) {
        return List.of(done(IndexOperation.Kind.MERGED, new By("sample", "")));
    }

    @Override
    public List<ReviewCase> reviews(Review.State state, int count) {
        return review(7).stream().toList();
    }

    @Override
    public Optional<ReviewCase> review(long number) {
        Review review = new Review(7, 1, 2, VERDICT, Review.State.OPEN, Instant.parse("2026-11-20T00:00:00Z"), null);
        return number == 7
                ? Optional.of(new ReviewCase(review, record(1, "pat-1"), record(2, "pat-2")))
                : Optional.empty();
    }

    @Override
    public IndexOperation approve(long review, By by) {
        return done(IndexOperation.Kind.APPROVED, by);
    }

    @Override
    public void reject(long review, By by) {
        asked.add(by);
    }

    @Override
    public IndexOperation merge(String survivor, String merged, By by) {
        return done(IndexOperation.Kind.MERGED, by);
    }

    @Override
    public IndexOperation unmerge(long operation, By by) {
        return done(IndexOperation.Kind.UNMERGED, by);
    }

    @Override
    public IndexOperation link(String patientId, String person, By by) {
        return done(IndexOperation.Kind.MERGED, by);
    }

    @Override
    public IndexOperation unlink(String patientId, By by) {
        return done(IndexOperation.Kind.UNMERGED, by);
    }

    @Override
    public IndexCounts counts() {
        return new IndexCounts(2, 2, 1, 1, "");
    }

    @Override
    public List<LeftOut> leftOut(int count) {
        return List.of(new LeftOut(
                "Patient", "pat-3", 2, Instant.parse("2026-11-20T00:00:00Z"), 4, "TM-MPISTORE-0003 a.B in c"));
    }

    @Override
    public void tryAgain() {
        asked.add(new By("try again", ""));
    }

    @Override
    public void rebuild() {
        asked.add(new By("rebuild", ""));
    }
}
