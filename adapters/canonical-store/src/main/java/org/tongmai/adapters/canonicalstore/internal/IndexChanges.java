package org.tongmai.adapters.canonicalstore.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Collects what a batch adds to the search index and takes away from it; what stays is not touched. */
final class IndexChanges {
    private final List<Row<IndexEntries.Text>> textsAdded = new ArrayList<>();
    private final List<Row<IndexEntries.Text>> textsRemoved = new ArrayList<>();
    private final List<Row<IndexEntries.Date>> datesAdded = new ArrayList<>();
    private final List<Row<IndexEntries.Date>> datesRemoved = new ArrayList<>();

    void add(long rid, IndexEntries before, IndexEntries after) {
        difference(before.texts(), after.texts(), (entry, in) -> rows(in, textsAdded, textsRemoved)
                .add(new Row<>(rid, entry)));
        difference(before.dates(), after.dates(), (entry, in) -> rows(in, datesAdded, datesRemoved)
                .add(new Row<>(rid, entry)));
    }

    List<Row<IndexEntries.Text>> textsAdded() {
        return textsAdded;
    }

    List<Row<IndexEntries.Text>> textsRemoved() {
        return textsRemoved;
    }

    List<Row<IndexEntries.Date>> datesAdded() {
        return datesAdded;
    }

    List<Row<IndexEntries.Date>> datesRemoved() {
        return datesRemoved;
    }

    private static <T> void difference(Set<T> before, Set<T> after, BiConsumer<T, Change> change) {
        for (T entry : before) {
            if (!after.contains(entry)) {
                change.accept(entry, Change.REMOVED);
            }
        }
        for (T entry : after) {
            if (!before.contains(entry)) {
                change.accept(entry, Change.ADDED);
            }
        }
    }

    private static <T> List<Row<T>> rows(Change change, List<Row<T>> added, List<Row<T>> removed) {
        return change == Change.ADDED ? added : removed;
    }

    private enum Change {
        ADDED,
        REMOVED
    }

    /** An entry of one resource. */
    record Row<T>(long rid, T entry) {}
}
