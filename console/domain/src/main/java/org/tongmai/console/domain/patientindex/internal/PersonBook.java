package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexOperation.Move;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientIndexStore.KnownPair;
import org.tongmai.standards.patientindex.PatientIndexStore.Pair;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;
import org.tongmai.standards.patientindex.Review;

/** Records and the persons they belong to while a batch is decided. Whoever is in it, all of the person is in it. */
final class PersonBook {
    private final RecordMatcher matcher;
    private final Map<Long, IndexedRecord> records = new LinkedHashMap<>();
    private final Map<Long, Set<Long>> persons = new HashMap<>();
    private final Set<Pair> apart = new HashSet<>();
    private final Set<Pair> open = new HashSet<>();

    PersonBook(RecordMatcher matcher) {
        this.matcher = matcher;
    }

    /** Takes in the persons with all their records, and the pairs that were taken apart. */
    void load(Reading store, Collection<Long> wanted) {
        Set<Long> missing = new TreeSet<>(wanted);
        missing.removeAll(persons.keySet());
        if (missing.isEmpty()) {
            return;
        }
        List<IndexedRecord> found = store.byPerson(missing);
        found.forEach(this::put);
        for (KnownPair known :
                store.pairs(found.stream().map(IndexedRecord::number).toList())) {
            (known.state() == Review.State.OPEN ? open : apart).add(known.pair());
        }
    }

    void put(IndexedRecord record) {
        IndexedRecord before = records.put(record.number(), record);
        if (before != null) {
            persons.get(before.person()).remove(record.number());
        }
        persons.computeIfAbsent(record.person(), p -> new TreeSet<>()).add(record.number());
    }

    IndexedRecord record(long number) {
        return records.get(number);
    }

    List<IndexedRecord> members(long person) {
        return persons.getOrDefault(person, Set.of()).stream().map(records::get).toList();
    }

    /** Says whether no two records of the persons contradict each other or were taken apart. */
    boolean canBeOne(long person, long other) {
        for (IndexedRecord a : members(person)) {
            for (IndexedRecord b : members(other)) {
                if (isApart(a, b) || contradict(a, b)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Says whether identifiers of the two contradict each other; a record that was merged away has no say. */
    boolean contradict(IndexedRecord a, IndexedRecord b) {
        return a.state() == IndexedRecord.State.ACTIVE
                && b.state() == IndexedRecord.State.ACTIVE
                && matcher.compare(a.traits(), b.traits()).conflicting();
    }

    /** The pairs between two persons that wait for a decision. */
    List<Pair> openBetween(long person, long other) {
        List<Pair> pairs = new ArrayList<>();
        for (IndexedRecord a : members(person)) {
            for (IndexedRecord b : members(other)) {
                Pair pair = Pair.of(a.number(), b.number());
                if (open.contains(pair)) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private boolean isApart(IndexedRecord a, IndexedRecord b) {
        return apart.contains(Pair.of(a.number(), b.number()));
    }

    /** Moves records to a person. */
    IndexOperation move(
            Collection<IndexedRecord> moved, long to, IndexOperation.Kind kind, IndexOperation.Basis basis) {
        List<Move> moves = new ArrayList<>(moved.size());
        for (IndexedRecord record : moved) {
            moves.add(new Move(record.number(), record.person(), to));
            put(record.withPerson(to));
        }
        return IndexOperation.of(kind, basis, moves);
    }

    /** Makes two persons one; the records of the younger person move. */
    IndexOperation unite(long one, long other, IndexOperation.Kind kind, MatchVerdict verdict) {
        return move(
                members(Math.max(one, other)),
                Math.min(one, other),
                kind,
                new IndexOperation.Basis(PatientIndexing.INDEX, "", verdict));
    }
}
