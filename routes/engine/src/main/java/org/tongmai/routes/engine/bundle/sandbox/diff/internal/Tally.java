package org.tongmai.routes.engine.bundle.sandbox.diff.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffReport.Change;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffReport.Sample;
import org.tongmai.routes.engine.bundle.sandbox.diff.Journalled;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Counts what differs, message by message; keeps a few masked samples and nothing else of a message. */
public final class Tally {
    private static final int SAMPLES = 3;
    private static final int MOST_FIELDS = 10_000;

    private final SortedMap<String, Counted> changes = new TreeMap<>();
    private long messages;
    private long changed;

    private static final class Counted {
        private final String type;
        private final Outputs.Place place;
        private final List<Sample> samples = new ArrayList<>(SAMPLES);
        private long count;

        Counted(String type, Outputs.Place place) {
            this.type = type;
            this.place = place;
        }
    }

    public void add(Journalled message, SandboxRun before, SandboxRun after) {
        messages++;
        Map<Outputs.Place, List<String>> old = Outputs.of(before);
        Map<Outputs.Place, List<String>> now = Outputs.of(after);
        if (old.equals(now)) {
            return;
        }
        changed++;
        TreeSet<Outputs.Place> places = new TreeSet<>(old.keySet());
        places.addAll(now.keySet());
        for (Outputs.Place place : places) {
            List<String> was = old.getOrDefault(place, List.of());
            List<String> is = now.getOrDefault(place, List.of());
            if (!was.equals(is)) {
                count(message, place, was, is);
            }
        }
    }

    private void count(Journalled message, Outputs.Place place, List<String> was, List<String> is) {
        String type = message.message().keys().type();
        String key = type + "\n" + place.output() + "\n" + place.field();
        if (!changes.containsKey(key) && changes.size() == MOST_FIELDS) {
            throw new CodedException(Issue.of(
                    SandboxError.TOO_MANY_CHANGES, "", "found more than " + MOST_FIELDS + " fields that changed"));
        }
        Counted counted = changes.computeIfAbsent(key, any -> new Counted(type, place));
        counted.count++;
        if (counted.samples.size() < SAMPLES) {
            counted.samples.add(new Sample(message.id(), SampleMask.shown(place, was), SampleMask.shown(place, is)));
        }
    }

    public long messages() {
        return messages;
    }

    public long changed() {
        return changed;
    }

    /** Every field that changed, by message type, output and name. */
    public List<Change> changes() {
        return changes.values().stream()
                .map(each -> new Change(each.type, each.place.output(), each.place.field(), each.count, each.samples))
                .toList();
    }
}
