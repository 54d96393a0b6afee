package org.tongmai.console.domain.patientindex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tongmai.console.domain.patientindex.internal.IndexChanges;
import org.tongmai.console.domain.patientindex.internal.PatientIndexing;
import org.tongmai.console.domain.patientindex.internal.PersonLookup;
import org.tongmai.standards.canonical.CanonicalChanges;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.LeftOut;
import org.tongmai.standards.patientindex.PatientIndex;
import org.tongmai.standards.patientindex.PatientIndexStore;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;
import org.tongmai.standards.patientindex.PatientIndexStore.Writing;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.Review;

/** The master patient index over a store. Safe for many threads and nodes. */
public final class PatientIndexService implements PatientIndex {
    static final String PATIENT = "Patient";
    static final String LINKAGE = "Linkage";
    private static final int HISTORY = 200;

    private final PatientIndexStore store;
    private final PatientIndexing rules;
    private final PersonLookup lookup;
    private final IndexChanges changes;

    public PatientIndexService(PatientIndexStore store, MatchTables tables) {
        this.store = store;
        this.rules = new PatientIndexing(tables.policy(), tables.han());
        this.lookup = new PersonLookup(rules);
        this.changes = new IndexChanges(store, rules);
    }

    /**
     * Indexes Patients as they are now and remembers how far that was, in one transaction. A version that was indexed
     * before changes nothing, so a batch may come again.
     *
     * @param patients changed Patients
     * @param progress what to remember
     * @return how many were new or changed
     */
    public int index(List<PatientChange> patients, Progress progress) {
        return index(patients, progress, PatientIndexing.Scope.CHANGED);
    }

    /** Indexes Patients whether their version was indexed before or not: the tables may have changed. */
    public int indexAgain(List<PatientChange> patients, Progress progress) {
        return index(patients, progress, PatientIndexing.Scope.ALL);
    }

    private int index(List<PatientChange> patients, Progress progress, PatientIndexing.Scope scope) {
        List<PatientIndexing.Incoming> incoming = patients.stream()
                .map(each -> new PatientIndexing.Incoming(each.patientId(), each.version(), each.content()))
                .toList();
        return store.write(writing -> {
            int indexed = 0;
            if (!incoming.isEmpty()) {
                indexed = rules.index(writing, incoming, scope);
                writing.takeIn(
                        PATIENT, patients.stream().map(PatientChange::patientId).toList());
            }
            remember(writing, progress);
            return indexed;
        });
    }

    /**
     * Follows what senders say of two Patients (FHIR R4, Linkage): one person while it is active, two when it is not any
     * more. A version that was followed before changes nothing.
     */
    public void follow(List<CanonicalResource> linkages, Progress progress) {
        List<PatientIndexing.Statement> statements =
                linkages.stream().map(PatientIndexService::statement).toList();
        store.write(writing -> {
            rules.follow(writing, statements);
            writing.takeIn(LINKAGE, linkages.stream().map(CanonicalResource::id).toList());
            remember(writing, progress);
            return 0;
        });
    }

    /** Puts a resource aside that can not be indexed. */
    void leaveOut(LeftOut resource) {
        store.write(writing -> {
            writing.leaveOut(resource);
            return 0;
        });
    }

    private static void remember(Writing writing, Progress progress) {
        if (!progress.follower().isEmpty()) {
            writing.position(progress.follower(), progress.position());
        }
    }

    private static PatientIndexing.Statement statement(CanonicalResource linkage) {
        List<String> patients = new ArrayList<>();
        linkage.content().path("item").forEach(item -> {
            String reference = item.at("/resource/reference").asText("");
            if (reference.startsWith("Patient/")) {
                patients.add(reference.substring("Patient/".length()));
            }
        });
        return new PatientIndexing.Statement(
                linkage.id(),
                linkage.content().at("/meta/versionId").asInt(1),
                patients,
                linkage.content().path("active").asBoolean(true));
    }

    /**
     * How far a follower came.
     *
     * @param follower its name; empty when nothing is to be remembered
     * @param position as the follower writes it
     */
    public record Progress(String follower, String position) {
        public static final Progress NONE = new Progress("", "");
    }

    /**
     * Makes the record that a Patient would become if it matched nobody, for bulk loading.
     *
     * @param number of the record and of its person
     */
    public IndexedRecord prepare(PatientChange patient, long number) {
        return rules.alone(
                new PatientIndexing.Incoming(patient.patientId(), patient.version(), patient.content()), number);
    }

    /** How far a follower came; empty at the beginning. */
    public String position(String follower) {
        return store.read(reading -> reading.position(follower));
    }

    /** The versions of these Patients that are indexed. */
    public Map<String, Integer> indexedVersions(List<String> patientIds) {
        return store.read(reading -> reading.versions(patientIds));
    }

    /**
     * A Patient as it is now.
     *
     * @param patientId id of the resource
     * @param version its version
     * @param content null when it was deleted
     */
    public record PatientChange(String patientId, int version, ObjectNode content) {
        @Override
        public String toString() {
            return "PatientChange[" + version + "]";
        }
    }

    @Override
    public Optional<Person> find(String id) {
        return store.read(reading -> PersonLookup.find(reading, id));
    }

    @Override
    public List<PatientMatch> match(ObjectNode patient, int count) {
        return store.read(reading -> lookup.match(reading, patient, count));
    }

    @Override
    public List<IndexOperation> history(String id) {
        return store.read(reading -> reading.history(IndexChanges.person(reading, id), HISTORY));
    }

    @Override
    public List<ReviewCase> reviews(Review.State state, int count) {
        return store.read(reading -> cases(reading, reading.reviews(state, count)));
    }

    @Override
    public Optional<ReviewCase> review(long number) {
        return store.read(
                reading -> cases(reading, reading.review(number).stream().toList()).stream()
                        .findFirst());
    }

    private static List<ReviewCase> cases(Reading reading, List<Review> reviews) {
        List<Long> numbers = reviews.stream()
                .flatMap(each -> Stream.of(each.first(), each.second()))
                .distinct()
                .toList();
        Map<Long, IndexedRecord> records = reading.byNumber(numbers).stream()
                .collect(Collectors.toMap(IndexedRecord::number, Function.identity()));
        return reviews.stream()
                .map(each -> new ReviewCase(each, records.get(each.first()), records.get(each.second())))
                .toList();
    }

    @Override
    public IndexOperation approve(long review, By by) {
        return changes.approve(review, by);
    }

    @Override
    public void reject(long review, By by) {
        changes.reject(review, by);
    }

    @Override
    public IndexOperation merge(String survivor, String merged, By by) {
        return changes.merge(survivor, merged, by);
    }

    @Override
    public IndexOperation unmerge(long operation, By by) {
        return changes.unmerge(operation, by);
    }

    @Override
    public IndexOperation link(String patientId, String person, By by) {
        return changes.link(patientId, person, by);
    }

    @Override
    public IndexOperation unlink(String patientId, By by) {
        return changes.unlink(patientId, by);
    }

    @Override
    public void rebuild() {
        store.write(writing -> {
            writing.position(PatientIndexFeed.REBUILD, CanonicalChanges.Change.START.text());
            return 0;
        });
    }

    @Override
    public List<LeftOut> leftOut(int count) {
        return store.read(reading -> reading.leftOut(count));
    }

    @Override
    public void tryAgain() {
        store.write(writing -> {
            writing.position(PatientIndexFeed.AGAIN, "all");
            return 0;
        });
    }

    @Override
    public IndexCounts counts() {
        return store.read(Reading::counts);
    }
}
