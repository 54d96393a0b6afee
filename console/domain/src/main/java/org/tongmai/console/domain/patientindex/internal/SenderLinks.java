package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndexStore.Writing;
import org.tongmai.standards.patientindex.Review;

/**
 * Follows what senders say: {@code replaced-by} (HL7 A40, A47 and their like) and {@code seealso} (A24) make two persons
 * one; a link that neither side states any more (A37) takes them apart.
 */
final class SenderLinks {
    private static final String REPLACED = "replaced-by:";

    private final Writing store;
    private final PersonBook book;
    private final KeyMaker keys;

    SenderLinks(Writing store, PersonBook book, KeyMaker keys) {
        this.store = store;
        this.book = book;
        this.keys = keys;
    }

    /** The id of the Patient that a link names. */
    static String other(String link) {
        return link.substring(link.indexOf(':') + 1);
    }

    static IndexedRecord.State state(List<String> links) {
        return links.stream().anyMatch(link -> link.startsWith(REPLACED))
                ? IndexedRecord.State.REPLACED
                : IndexedRecord.State.ACTIVE;
    }

    void follow(List<PatientIndexing.Change> changes) {
        for (PatientIndexing.Change change : changes) {
            for (IndexedRecord other : named(change.before(), change.now())) {
                withdraw(change.number(), other);
            }
        }
        for (PatientIndexing.Change change : changes) {
            for (IndexedRecord other : named(change.now(), change.before())) {
                unite(change.number(), other.number());
            }
        }
    }

    /** The records that are named in one list and not in the other. */
    private List<IndexedRecord> named(List<String> links, List<String> without) {
        Set<String> ids = links.stream()
                .filter(link -> !without.contains(link))
                .map(SenderLinks::other)
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return List.of();
        }
        List<IndexedRecord> found = store.byPatient(ids);
        book.load(store, found.stream().map(IndexedRecord::person).toList());
        return found.stream().map(each -> book.record(each.number())).toList();
    }

    /**
     * The record moves to the other's person, and with it those of its person that do not contradict. Which of two that
     * see each other moves does not matter; one that is replaced moves to the one that stays.
     */
    void unite(long number, long target) {
        IndexedRecord record = book.record(number);
        IndexedRecord other = book.record(target);
        if (number == target || record.person() == other.person() && record.state() == IndexedRecord.State.ACTIVE) {
            return;
        }
        List<IndexedRecord> there = book.members(other.person());
        List<IndexedRecord> moved = new ArrayList<>();
        for (IndexedRecord each : book.members(record.person())) {
            boolean fits = there.stream().noneMatch(member -> book.contradict(each, member));
            if (each.number() == number || fits && record.person() != other.person()) {
                moved.add(each);
            }
        }
        IndexOperation.Basis basis = new IndexOperation.Basis(PatientIndexing.INDEX, "", null);
        store.apply(List.of(book.move(moved, other.person(), IndexOperation.Kind.FOLLOWED, basis)));
        store.settle(moved.stream().map(IndexedRecord::number).toList());
    }

    private void withdraw(long number, IndexedRecord other) {
        IndexedRecord record = book.record(number);
        boolean stillSaid = other.links().stream().map(SenderLinks::other).anyMatch(record.patientId()::equals);
        if (!stillSaid) {
            takeApart(number, other.number());
        }
    }

    /** Two records are not one person, the sender says. */
    void takeApart(long number, long target) {
        IndexedRecord record = book.record(number);
        IndexedRecord other = book.record(target);
        store.queue(List.of(
                Review.apart(number, target, new Review.Decision(PatientIndexing.INDEX, null, "said by the sender"))));
        if (record.person() != other.person()) {
            return;
        }
        IndexOperation.Basis basis = new IndexOperation.Basis(PatientIndexing.INDEX, "", null);
        Optional<IndexOperation> followed = store.lastMove(number, IndexOperation.Kind.FOLLOWED)
                .or(() -> store.lastMove(other.number(), IndexOperation.Kind.FOLLOWED));
        Undoing undoing = new Undoing(store, book, keys);
        if (followed.isPresent()) {
            undoing.undo(followed.get(), IndexOperation.Kind.WITHDRAWN, basis);
        }
        if (book.record(number).person() == book.record(other.number()).person()) {
            undoing.takeOut(book.record(number), IndexOperation.Kind.WITHDRAWN, basis);
        }
    }
}
