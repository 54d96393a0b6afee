package org.tongmai.console.domain.patientindex.internal;

import java.util.List;
import org.tongmai.console.domain.patientindex.PatientIndexError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndex.By;
import org.tongmai.standards.patientindex.PatientIndexStore;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;
import org.tongmai.standards.patientindex.PatientIndexStore.Writing;
import org.tongmai.standards.patientindex.Review;

/** What people decide. Identifiers that contradict each other bind them too. */
public final class IndexChanges {
    private static final int LONGEST_REASON = 500;

    private final PatientIndexStore store;
    private final PatientIndexing rules;

    public IndexChanges(PatientIndexStore store, PatientIndexing rules) {
        this.store = store;
        this.rules = rules;
    }

    public IndexOperation approve(long number, By by) {
        IndexOperation.Basis why = basis(by);
        return store.write(writing -> {
            Review review = open(writing, number);
            PersonBook book = book(writing, List.of(review.first(), review.second()));
            long first = book.record(review.first()).person();
            long second = book.record(review.second()).person();
            writing.decide(number, Review.State.APPROVED, decision(by));
            return unite(
                    writing,
                    book,
                    new Uniting(
                            first,
                            second,
                            IndexOperation.Kind.APPROVED,
                            new IndexOperation.Basis(why.by(), why.reason(), review.verdict())));
        });
    }

    public void reject(long number, By by) {
        basis(by);
        store.write(writing -> {
            Review review = open(writing, number);
            PersonBook book = book(writing, List.of(review.first(), review.second()));
            long first = book.record(review.first()).person();
            long second = book.record(review.second()).person();
            // Every question between the two persons is answered with this one.
            writing.queue(book.openBetween(first, second).stream()
                    .map(pair -> Review.apart(pair.first(), pair.second(), decision(by)))
                    .toList());
            return number;
        });
    }

    public IndexOperation merge(String survivor, String merged, By by) {
        IndexOperation.Basis why = basis(by);
        return store.write(writing -> {
            long stays = person(writing, survivor);
            long goes = person(writing, merged);
            PersonBook book = new PersonBook(rules.matcher());
            book.load(writing, List.of(stays, goes));
            return unite(writing, book, new Uniting(stays, goes, IndexOperation.Kind.MERGED, why));
        });
    }

    public IndexOperation unmerge(long number, By by) {
        IndexOperation.Basis why = basis(by);
        return store.write(writing -> {
            IndexOperation operation = writing.operation(number)
                    .orElseThrow(() -> refuse(PatientIndexError.NO_SUCH_OPERATION, "operation"));
            if (operation.undoneBy() != 0) {
                throw refuse(PatientIndexError.NOTHING_TO_UNDO, "operation");
            }
            PersonBook book = new PersonBook(rules.matcher());
            long done = new Undoing(writing, book, rules.keys()).undo(operation, IndexOperation.Kind.UNMERGED, why);
            if (done == 0) {
                throw refuse(PatientIndexError.NOTHING_TO_UNDO, "operation");
            }
            return written(writing, done);
        });
    }

    public IndexOperation link(String patientId, String target, By by) {
        IndexOperation.Basis why = basis(by);
        return store.write(writing -> {
            IndexedRecord record = record(writing, patientId);
            long person = person(writing, target);
            if (record.person() == person) {
                throw refuse(PatientIndexError.SAME_PERSON, "");
            }
            PersonBook book = new PersonBook(rules.matcher());
            book.load(writing, List.of(person, record.person()));
            for (IndexedRecord member : book.members(person)) {
                if (book.contradict(record, member)) {
                    throw refuse(PatientIndexError.CONFLICT, "");
                }
            }
            return applied(writing, book.move(List.of(record), person, IndexOperation.Kind.MERGED, why));
        });
    }

    public IndexOperation unlink(String patientId, By by) {
        IndexOperation.Basis why = basis(by);
        return store.write(writing -> {
            IndexedRecord record = record(writing, patientId);
            PersonBook book = new PersonBook(rules.matcher());
            book.load(writing, List.of(record.person()));
            if (book.members(record.person()).size() == 1) {
                throw refuse(PatientIndexError.ALONE, "patient");
            }
            long done = new Undoing(writing, book, rules.keys())
                    .takeOut(book.record(record.number()), IndexOperation.Kind.UNMERGED, why);
            return written(writing, done);
        });
    }

    /** The person an id leads to. */
    public static long person(Reading reading, String id) {
        return PersonLookup.number(reading, id).orElseThrow(() -> refuse(PatientIndexError.NO_SUCH_PERSON, ""));
    }

    private record Uniting(long stays, long goes, IndexOperation.Kind kind, IndexOperation.Basis basis) {}

    private static IndexOperation unite(Writing writing, PersonBook book, Uniting uniting) {
        if (uniting.stays() == uniting.goes()) {
            throw refuse(PatientIndexError.SAME_PERSON, "");
        }
        for (IndexedRecord a : book.members(uniting.stays())) {
            for (IndexedRecord b : book.members(uniting.goes())) {
                if (book.contradict(a, b)) {
                    throw refuse(PatientIndexError.CONFLICT, "");
                }
            }
        }
        List<IndexedRecord> moved = book.members(uniting.goes());
        return applied(writing, book.move(moved, uniting.stays(), uniting.kind(), uniting.basis()));
    }

    private static IndexOperation applied(Writing writing, IndexOperation operation) {
        long number = writing.apply(List.of(operation)).get(0);
        writing.settle(
                operation.moves().stream().map(IndexOperation.Move::record).toList());
        return written(writing, number);
    }

    private static IndexOperation written(Writing writing, long number) {
        return writing.operation(number).orElseThrow();
    }

    private PersonBook book(Writing writing, List<Long> numbers) {
        PersonBook book = new PersonBook(rules.matcher());
        book.load(
                writing,
                writing.byNumber(numbers).stream().map(IndexedRecord::person).toList());
        return book;
    }

    private static Review open(Writing writing, long number) {
        Review review = writing.review(number).orElseThrow(() -> refuse(PatientIndexError.NO_SUCH_REVIEW, "review"));
        if (review.state() != Review.State.OPEN) {
            throw refuse(PatientIndexError.REVIEW_DECIDED, "review");
        }
        return review;
    }

    private static IndexedRecord record(Reading reading, String patientId) {
        return reading.byPatient(List.of(patientId)).stream()
                .findFirst()
                .orElseThrow(() -> refuse(PatientIndexError.NO_SUCH_PERSON, "patient"));
    }

    /** Nothing is changed without saying why. */
    public static void requireReason(By by) {
        basis(by);
    }

    private static IndexOperation.Basis basis(By by) {
        String reason = by.reason() == null ? "" : by.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw refuse(PatientIndexError.NO_REASON, "reason");
        }
        return new IndexOperation.Basis(by.account(), reason, null);
    }

    private static Review.Decision decision(By by) {
        return new Review.Decision(by.account(), null, by.reason().strip());
    }

    private static CodedException refuse(PatientIndexError error, String location) {
        return new CodedException(Issue.of(error, location, ""));
    }
}
