package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexOperation.Move;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndexStore.Writing;
import org.tongmai.standards.patientindex.Review;

/** Takes operations back, and records out of persons. What was together is not put together again by a rule. */
final class Undoing {
    private final Writing store;
    private final PersonBook book;
    private final KeyMaker keys;

    Undoing(Writing store, PersonBook book, KeyMaker keys) {
        this.store = store;
        this.book = book;
        this.keys = keys;
    }

    /**
     * Returns the records of an operation to where they were, as far as they are still where it put them.
     *
     * @return the number of the new operation; 0 when nothing was left to take back
     */
    long undo(IndexOperation operation, IndexOperation.Kind kind, IndexOperation.Basis basis) {
        List<IndexedRecord> back = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        load(operation);
        for (Move move : operation.moves()) {
            IndexedRecord record = book.record(move.record());
            if (record != null && record.person() == move.to()) {
                back.add(record);
                moves.add(new Move(move.record(), move.to(), move.from()));
            }
        }
        if (back.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < back.size(); i++) {
            book.put(back.get(i).withPerson(moves.get(i).to()));
        }
        if (operation.kind() == IndexOperation.Kind.FOLLOWED) {
            revive(back);
        }
        keepApart(back, basis);
        return store.apply(List.of(IndexOperation.of(kind, basis, moves).undoing(operation.number())))
                .get(0);
    }

    /** Gives a record a person of its own. */
    long takeOut(IndexedRecord record, IndexOperation.Kind kind, IndexOperation.Basis basis) {
        List<IndexedRecord> others = book.members(record.person()).stream()
                .filter(each -> each.number() != record.number())
                .toList();
        IndexOperation operation = book.move(List.of(record), store.numbers(1).get(0), kind, basis);
        revive(List.of(record));
        store.queue(others.stream()
                .map(other -> Review.apart(record.number(), other.number(), decision(basis)))
                .toList());
        return store.apply(List.of(operation)).get(0);
    }

    private void load(IndexOperation operation) {
        List<Long> numbers = operation.moves().stream().map(Move::record).toList();
        book.load(
                store,
                store.byNumber(numbers).stream().map(IndexedRecord::person).toList());
    }

    /** A record that was merged away takes part again. */
    private void revive(List<IndexedRecord> records) {
        List<IndexedRecord> revived = new ArrayList<>();
        for (IndexedRecord each : records) {
            IndexedRecord now = book.record(each.number());
            if (now.state() == IndexedRecord.State.REPLACED) {
                revived.add(new IndexedRecord(
                        now.number(),
                        now.patientId(),
                        now.version(),
                        now.person(),
                        IndexedRecord.State.ACTIVE,
                        now.links(),
                        now.traits(),
                        keys.keys(now.traits())));
            }
        }
        store.save(revived);
        revived.forEach(book::put);
    }

    private void keepApart(List<IndexedRecord> back, IndexOperation.Basis basis) {
        List<Review> apart = new ArrayList<>();
        for (IndexedRecord before : back) {
            IndexedRecord now = book.record(before.number());
            if (now.person() != before.person()) {
                for (IndexedRecord stays : book.members(before.person())) {
                    apart.add(Review.apart(now.number(), stays.number(), decision(basis)));
                }
            }
        }
        store.queue(apart);
    }

    private static Review.Decision decision(IndexOperation.Basis basis) {
        return new Review.Decision(basis.by(), null, basis.reason());
    }
}
