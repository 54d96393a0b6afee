package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.MatchGrade;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientIndexStore.Pair;
import org.tongmai.standards.patientindex.PatientIndexStore.Writing;
import org.tongmai.standards.patientindex.Review;

/** Decides of changed records, one after the other, whom they are linked with and who must be asked. */
final class MatchDecisions {
    private static final List<IndexOperation.Kind> BY_PEOPLE =
            List.of(IndexOperation.Kind.FOLLOWED, IndexOperation.Kind.MERGED, IndexOperation.Kind.APPROVED);

    private final Writing store;
    private final PersonBook book;
    private final PatientIndexing rules;
    private final List<IndexOperation> operations = new ArrayList<>();
    private final Map<Long, List<Review>> asked = new HashMap<>();

    MatchDecisions(Writing store, PersonBook book, PatientIndexing rules) {
        this.store = store;
        this.book = book;
        this.rules = rules;
    }

    /** Decides and writes down. */
    void decide(List<Long> numbers) {
        List<IndexedRecord> active = numbers.stream()
                .sorted()
                .map(book::record)
                .filter(each -> each.state() == IndexedRecord.State.ACTIVE)
                .toList();
        active.forEach(this::splitIfContradicted);
        List<Long> keys =
                active.stream().flatMap(each -> each.keys().stream()).distinct().toList();
        Map<Long, Set<Long>> found = rules.candidates().find(store, keys);
        Set<Long> candidates = new HashSet<>();
        found.values().forEach(candidates::addAll);
        List<IndexedRecord> others = store.byNumber(candidates);
        book.load(store, others.stream().map(IndexedRecord::person).collect(Collectors.toSet()));
        for (IndexedRecord record : active) {
            decide(book.record(record.number()), CandidateSearch.under(record.keys(), found));
        }
        write();
    }

    /** A record whose identifiers now contradict its person's leaves it, unless people put it there. */
    private void splitIfContradicted(IndexedRecord record) {
        List<IndexedRecord> members = book.members(record.person());
        boolean contradicted = members.size() > 1
                && members.stream()
                        .anyMatch(other -> other.number() != record.number() && book.contradict(record, other));
        if (contradicted && !isByPeople(members)) {
            IndexOperation.Basis basis = new IndexOperation.Basis(PatientIndexing.INDEX, "", null);
            operations.add(book.move(List.of(record), store.numbers(1).get(0), IndexOperation.Kind.SPLIT, basis));
        }
    }

    private boolean isByPeople(List<IndexedRecord> members) {
        return members.stream().anyMatch(each -> BY_PEOPLE.stream()
                .anyMatch(kind -> store.lastMove(each.number(), kind).isPresent()));
    }

    private void decide(IndexedRecord record, Set<Long> candidates) {
        for (Fit fit : fits(record, candidates)) {
            long ours = book.record(record.number()).person();
            long theirs = book.record(fit.other().number()).person();
            if (ours == theirs || !book.canBeOne(ours, theirs)) {
                continue;
            }
            if (fit.verdict().grade() == MatchGrade.CERTAIN) {
                operations.add(book.unite(ours, theirs, IndexOperation.Kind.MATCHED, fit.verdict()));
            } else {
                asked.computeIfAbsent(record.number(), k -> new ArrayList<>())
                        .add(Review.candidate(record.number(), fit.other().number(), fit.verdict()));
            }
        }
    }

    /** The best record of each other person, best first. */
    private List<Fit> fits(IndexedRecord record, Set<Long> candidates) {
        Map<Long, Fit> best = new HashMap<>();
        for (long number : candidates) {
            IndexedRecord other = book.record(number);
            if (other == null || other.person() == record.person()) {
                continue;
            }
            MatchVerdict verdict = rules.matcher().compare(record.traits(), other.traits());
            if (verdict.grade() != MatchGrade.NONE) {
                best.merge(other.person(), new Fit(other, verdict), (a, b) -> Fit.ORDER.compare(a, b) <= 0 ? a : b);
            }
        }
        return best.values().stream().sorted(Fit.ORDER).toList();
    }

    private void write() {
        store.apply(operations);
        List<Review> open = new ArrayList<>();
        for (List<Review> reviews : asked.values()) {
            for (Review review : reviews) {
                if (isNews(review)) {
                    open.add(review);
                }
            }
        }
        store.queue(open);
        store.settle(operations.stream()
                .flatMap(operation -> operation.moves().stream())
                .map(IndexOperation.Move::record)
                .toList());
    }

    /** One question between two persons is enough; the same question again is brought up to date. */
    private boolean isNews(Review review) {
        long first = book.record(review.first()).person();
        long second = book.record(review.second()).person();
        List<Pair> known = book.openBetween(first, second);
        return first != second && (known.isEmpty() || known.contains(Pair.of(review.first(), review.second())));
    }

    /** Somebody the record may be. */
    record Fit(IndexedRecord other, MatchVerdict verdict) {
        static final Comparator<Fit> ORDER = Comparator.comparing(
                        (Fit fit) -> fit.verdict().grade())
                .thenComparing(fit -> -fit.verdict().score())
                .thenComparing(fit -> fit.other().number());
    }
}
