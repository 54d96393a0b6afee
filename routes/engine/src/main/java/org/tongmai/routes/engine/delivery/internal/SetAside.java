package org.tongmai.routes.engine.delivery.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The batches of a destination that failed without it being clear whose fault that was, so that others can be tried
 * meanwhile. Only what concerns the same patients waits behind them. A batch is condemned when it failed so many times
 * although others went through in between; while nothing goes through, the destination is to blame and nobody is
 * condemned. Guarded by the queue's lock.
 */
final class SetAside {
    private final int mostFailures;
    private final long firstRest;
    private final long longestRest;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Trial> trials = new HashMap<>();
    private final Set<String> patients = new HashSet<>();
    private long delivered;

    /**
     * What is known of a batch that failed.
     *
     * @param failures those before which others had gone through
     * @param tries all of them
     * @param delivered how many had gone through at the last of them
     */
    private record Trial(int failures, int tries, long delivered) {}

    /** Whether anything but the batch could be tried. */
    enum Others {
        SOME,
        NONE
    }

    private static final class Entry {
        private Batch batch;
        private long dueAt;
        private boolean underWay;

        private Entry(Batch batch, long dueAt) {
            this.batch = batch;
            this.dueAt = dueAt;
        }
    }

    /**
     * @param mostFailures that a batch may have while others go through
     * @param firstRest nanoseconds after the first failure; doubles
     * @param longestRest nanoseconds where the doubling ends
     */
    SetAside(int mostFailures, long firstRest, long longestRest) {
        this.mostFailures = mostFailures;
        this.firstRest = firstRest;
        this.longestRest = longestRest;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void clear() {
        entries.clear();
        trials.clear();
        patients.clear();
    }

    /** Says whether something of one of its patients must go first. */
    boolean holds(DeliveryRow row) {
        return !patients.isEmpty() && !Collections.disjoint(row.keys(), patients);
    }

    boolean holds(Batch batch) {
        return batch.rows().stream().anyMatch(this::holds);
    }

    /** Puts a batch behind those it has to wait for. */
    void queue(Batch batch, long now) {
        entries.add(new Entry(batch, now));
        lookAgain();
    }

    /**
     * Takes note of a failure. Answers whether the batch is condemned; if not, it is set aside for a while. One that
     * concerns everybody is condemned, and so taken apart, without others having gone through.
     */
    boolean condemns(Batch batch, Others others, long now) {
        Trial before = trials.get(batch.id());
        boolean counts = before == null || delivered > before.delivered();
        int failures = (before == null ? 0 : before.failures()) + (counts ? 1 : 0);
        int tries = before == null ? 1 : before.tries() + 1;
        boolean alone = others == Others.NONE && batch.rows().size() > 1 && tries >= mostFailures;
        if (failures >= mostFailures || alone) {
            return true;
        }
        trials.put(batch.id(), new Trial(failures, tries, delivered));
        again(batch, now + Math.min(longestRest, firstRest << Math.min(tries - 1, 20)));
        return false;
    }

    /** Sets it aside, at the place it has if it is here already. */
    void again(Batch batch, long dueAt) {
        Entry entry = find(batch);
        if (entry == null) {
            entries.add(new Entry(batch, dueAt));
            lookAgain();
        } else {
            entry.dueAt = dueAt;
            entry.underWay = false;
        }
    }

    boolean contains(Batch batch) {
        return find(batch) != null;
    }

    /** Puts the parts in the place of the whole; each is condemned by its next failure. */
    void replace(Batch whole, List<Batch> parts, long now) {
        Entry entry = find(whole);
        int at = entries.indexOf(entry);
        entries.remove(at);
        trials.remove(whole.id());
        for (Batch part : parts) {
            entries.add(at++, new Entry(part, now));
            trials.put(part.id(), new Trial(mostFailures - 1, 0, delivered));
        }
        lookAgain();
    }

    /** It went through. */
    void delivered(Batch batch) {
        delivered++;
        remove(batch);
    }

    void remove(Batch batch) {
        trials.remove(batch.id());
        if (entries.removeIf(entry -> entry.batch.id() == batch.id())) {
            lookAgain();
        }
    }

    /** Nanoseconds until one may be tried; 0 when one may now. */
    long nextDue(long now) {
        long next = Long.MAX_VALUE;
        for (Entry entry : free()) {
            next = Math.min(next, Math.max(0, entry.dueAt - now));
        }
        return next;
    }

    /** Takes the first one that may be tried, or null. It keeps its place until it is known what became of it. */
    Batch take(long now) {
        for (Entry entry : free()) {
            if (entry.dueAt - now <= 0) {
                entry.underWay = true;
                return entry.batch;
            }
        }
        return null;
    }

    /** Says whether anything but this one could be tried. */
    boolean anyFreeBut(Batch batch) {
        return free().stream().anyMatch(entry -> entry.batch.id() != batch.id());
    }

    /** Those that nobody has in hand and that wait for no other. */
    private List<Entry> free() {
        List<Entry> free = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (Entry entry : entries) {
            boolean first = true;
            for (DeliveryRow row : entry.batch.rows()) {
                first &= Collections.disjoint(row.keys(), before);
            }
            entry.batch.rows().forEach(row -> before.addAll(row.keys()));
            if (first && !entry.underWay) {
                free.add(entry);
            }
        }
        return free;
    }

    private Entry find(Batch batch) {
        return entries.stream()
                .filter(entry -> entry.batch.id() == batch.id())
                .findFirst()
                .orElse(null);
    }

    private void lookAgain() {
        patients.clear();
        entries.forEach(entry -> entry.batch.rows().forEach(row -> patients.addAll(row.keys())));
    }
}
