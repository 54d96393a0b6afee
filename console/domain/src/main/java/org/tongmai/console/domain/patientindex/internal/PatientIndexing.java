package org.tongmai.console.domain.patientindex.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndexStore.Writing;
import org.tongmai.standards.patientindex.PatientTraits;

/** Takes in changed Patients: what they say of themselves, what their senders say of them, and whom they match. */
public final class PatientIndexing {
    /** Who did it, when nobody did. */
    public static final String INDEX = "index";

    private static final PatientTraits NOTHING = new PatientTraits(List.of(), "", "", List.of(), List.of(), List.of());

    private final TraitsReader reader;
    private final KeyMaker keys;
    private final RecordMatcher matcher;
    private final CandidateSearch candidates;

    public PatientIndexing(MatchPolicy policy, HanText han) {
        this.reader = new TraitsReader(policy, han);
        this.keys = new KeyMaker(policy, han);
        this.matcher = new RecordMatcher(policy, han);
        this.candidates = new CandidateSearch(policy);
    }

    /**
     * A Patient as it is now.
     *
     * @param content null when it was deleted
     */
    public record Incoming(String patientId, int version, ObjectNode content) {
        @Override
        public String toString() {
            return "Incoming[" + version + "]";
        }
    }

    public TraitsReader reader() {
        return reader;
    }

    public KeyMaker keys() {
        return keys;
    }

    public RecordMatcher matcher() {
        return matcher;
    }

    public CandidateSearch candidates() {
        return candidates;
    }

    /** Which Patients are looked at. */
    public enum Scope {
        /** Those whose version was not indexed before. */
        CHANGED,
        /** All, because the tables changed. */
        ALL
    }

    /**
     * Indexes a batch.
     *
     * @return how many records were new, changed or looked at again
     */
    public int index(Writing store, List<Incoming> batch, Scope scope) {
        Map<String, IndexedRecord> before = byPatient(store, batch);
        List<IndexedRecord> changed = read(store, batch, scope == Scope.ALL ? aged(before) : before);
        Map<Boolean, List<IndexedRecord>> parts = changed.stream()
                .collect(Collectors.partitioningBy(
                        each -> scope == Scope.CHANGED && isSame(before.get(each.patientId()), each)));
        store.touch(parts.get(true));
        List<IndexedRecord> altered = parts.get(false);
        if (!altered.isEmpty()) {
            store.save(altered);
            PersonBook book = new PersonBook(matcher);
            book.load(store, altered.stream().map(IndexedRecord::person).collect(Collectors.toSet()));
            List<Change> changes = changes(altered, before, scope);
            new SenderLinks(store, book, keys).follow(changes);
            new MatchDecisions(store, book, this)
                    .decide(changes.stream()
                            .filter(Change::compared)
                            .map(Change::number)
                            .toList());
        }
        return changed.size();
    }

    /** Most messages about a patient change nothing that is compared. */
    private static boolean isSame(IndexedRecord old, IndexedRecord now) {
        return old != null
                && old.traits().equals(now.traits())
                && old.links().equals(now.links())
                && old.state() == now.state();
    }

    /**
     * What changed of a record.
     *
     * @param before what its sender said of it before
     * @param now what its sender says of it now
     * @param compared whether what is compared changed
     */
    record Change(long number, List<String> before, List<String> now, boolean compared) {}

    /** The same records as if an older version had been indexed. */
    private static Map<String, IndexedRecord> aged(Map<String, IndexedRecord> records) {
        Map<String, IndexedRecord> aged = new HashMap<>();
        records.forEach((id, each) -> aged.put(
                id,
                new IndexedRecord(
                        each.number(), id, -1, each.person(), each.state(), each.links(), each.traits(), each.keys())));
        return aged;
    }

    private static List<Change> changes(List<IndexedRecord> changed, Map<String, IndexedRecord> before, Scope scope) {
        List<Change> changes = new ArrayList<>(changed.size());
        for (IndexedRecord now : changed) {
            IndexedRecord old = before.get(now.patientId());
            boolean compared = scope == Scope.ALL
                    || old == null
                    || !old.traits().equals(now.traits())
                    || old.state() != now.state();
            changes.add(new Change(now.number(), old == null ? List.of() : old.links(), now.links(), compared));
        }
        return changes;
    }

    private Map<String, IndexedRecord> byPatient(Writing store, List<Incoming> batch) {
        Set<String> ids = new TreeSet<>();
        for (Incoming each : batch) {
            ids.add(each.patientId());
            others(each).forEach(ids::add);
        }
        return store.byPatient(ids).stream().collect(Collectors.toMap(IndexedRecord::patientId, Function.identity()));
    }

    private List<String> others(Incoming incoming) {
        return incoming.content() == null
                ? List.of()
                : reader.links(incoming.content()).stream()
                        .map(SenderLinks::other)
                        .toList();
    }

    private List<IndexedRecord> read(Writing store, List<Incoming> batch, Map<String, IndexedRecord> before) {
        Map<String, Incoming> latest = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (Incoming each : batch) {
            IndexedRecord old = before.get(each.patientId());
            if (old == null || old.version() < each.version()) {
                latest.merge(each.patientId(), each, (a, b) -> a.version() >= b.version() ? a : b);
                unknown.add(each.patientId());
                unknown.addAll(others(each));
            }
        }
        unknown.removeAll(before.keySet());
        Map<String, Long> numbers = numbers(store, unknown);
        List<IndexedRecord> changed = new ArrayList<>(latest.size());
        for (Incoming each : latest.values()) {
            changed.add(record(each, before.get(each.patientId()), numbers.getOrDefault(each.patientId(), 0L)));
        }
        for (String id : unknown) {
            if (!latest.containsKey(id)) {
                changed.add(placeholder(id, numbers.get(id)));
            }
        }
        return changed;
    }

    private static Map<String, Long> numbers(Writing store, Collection<String> ids) {
        Map<String, Long> numbers = new HashMap<>();
        if (!ids.isEmpty()) {
            List<Long> fresh = store.numbers(ids.size());
            int next = 0;
            for (String id : ids) {
                numbers.put(id, fresh.get(next++));
            }
        }
        return numbers;
    }

    /**
     * Two records that a sender says are one person, or are not (FHIR R4, Linkage; HL7 v2 A24, A37).
     *
     * @param id of the Linkage
     * @param version of the Linkage
     * @param active whether they are
     */
    public record Statement(String id, int version, List<String> patientIds, boolean active) {}

    /** Follows statements that were not followed before. */
    public void follow(Writing store, List<Statement> statements) {
        for (Statement each : statements) {
            if (each.patientIds().size() == 2 && store.followed(each.id()) < each.version()) {
                follow(store, each);
                store.follow(each.id(), each.version());
            }
        }
    }

    private void follow(Writing store, Statement statement) {
        List<IndexedRecord> records = new ArrayList<>();
        for (String id : statement.patientIds()) {
            records.add(store.byPatient(List.of(id)).stream().findFirst().orElseGet(() -> named(store, id)));
        }
        PersonBook book = new PersonBook(matcher);
        book.load(store, records.stream().map(IndexedRecord::person).toList());
        SenderLinks links = new SenderLinks(store, book, keys);
        if (statement.active()) {
            links.unite(records.get(0).number(), records.get(1).number());
        } else {
            links.takeApart(records.get(0).number(), records.get(1).number());
        }
    }

    private static IndexedRecord named(Writing store, String id) {
        IndexedRecord record = placeholder(id, store.numbers(1).get(0));
        store.save(List.of(record));
        return record;
    }

    /** Whom a link names and nobody has sent yet: an empty record keeps the place until its Patient comes. */
    private static IndexedRecord placeholder(String id, long number) {
        return new IndexedRecord(number, id, 0, number, IndexedRecord.State.ACTIVE, List.of(), NOTHING, List.of());
    }

    /** The record of a Patient nobody knows yet. */
    public IndexedRecord alone(Incoming incoming, long number) {
        return record(incoming, null, number);
    }

    private IndexedRecord record(Incoming incoming, IndexedRecord old, long fresh) {
        boolean deleted = incoming.content() == null;
        PatientTraits traits = deleted ? NOTHING : reader.read(incoming.content());
        List<String> links = deleted ? List.of() : reader.links(incoming.content());
        boolean same = old != null && old.links().equals(links) && old.state() != IndexedRecord.State.DELETED;
        IndexedRecord.State state =
                deleted ? IndexedRecord.State.DELETED : same ? old.state() : SenderLinks.state(links);
        return new IndexedRecord(
                old == null ? fresh : old.number(),
                incoming.patientId(),
                incoming.version(),
                old == null ? fresh : old.person(),
                state,
                links,
                traits,
                state == IndexedRecord.State.ACTIVE ? keys.keys(traits) : List.of());
    }
}
