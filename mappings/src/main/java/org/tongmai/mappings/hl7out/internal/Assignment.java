package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** Which entries of a list belong to which slot: first those told by constants and references, then the others in order. */
final class Assignment {
    private final JsonNode list;
    private final List<Slot> slots;
    private final int[][] scores;
    private final Map<Slot, List<Integer>> bySlot = new IdentityHashMap<>();
    /** Entries that stand in the message already, by the slot they fit: its field is not free for others. */
    private final Map<Slot, Integer> occupied = new IdentityHashMap<>();
    /** The slots that entries were placed in for want of a better one. */
    private final Map<Integer, Set<Slot>> tried = new HashMap<>();

    private Assignment(JsonNode list, List<Slot> slots) {
        this.list = list;
        this.slots = slots;
        this.scores = new int[list.size()][slots.size()];
    }

    /** @param taken entries that stand elsewhere already */
    static Assignment of(JsonNode list, List<Slot> all, Resources resources, IntPredicate taken) {
        List<Slot> slots = new ArrayList<>(all);
        slots.removeIf(slot -> slot.first() || slot.last());
        slots.sort((a, b) -> Boolean.compare(a.yields(), b.yields()));
        Assignment assignment = new Assignment(list, slots);
        boolean[] placed = new boolean[list.size()];
        for (int entry = 0; entry < placed.length; entry++) {
            placed[entry] = assignment.placeTold(entry, resources, taken.test(entry));
        }
        for (int entry = 0; entry < placed.length; entry++) {
            if (!placed[entry]) {
                assignment.placeSomewhere(entry);
            }
        }
        assignment.bySlot.values().forEach(entries -> entries.sort(null));
        return assignment;
    }

    /** Places what constants or references tell; says whether the entry has its place. */
    private boolean placeTold(int entry, Resources resources, boolean taken) {
        int best = -1;
        for (int slot = 0; slot < slots.size(); slot++) {
            scores[entry][slot] = slots.get(slot).score(list.get(entry), resources);
            boolean better = best < 0 || scores[entry][slot] > scores[entry][best];
            best = better && hasRoom(slots.get(slot)) ? slot : best;
        }
        boolean told = best >= 0 && scores[entry][best] > 0;
        if (told && taken) {
            occupied.merge(slots.get(best), 1, Integer::sum);
        } else if (told) {
            place(entry, slots.get(best));
        }
        return told || taken;
    }

    private boolean hasRoom(Slot slot) {
        return entries(slot).size() + occupied.getOrDefault(slot, 0) < slot.room();
    }

    private void place(int entry, Slot slot) {
        bySlot.computeIfAbsent(slot, key -> new ArrayList<>()).add(entry);
    }

    /**
     * The first slot where it is still empty, else the one with room that fits best, those before that read all of the entry
     * and nothing else; where none has room, the last of them, which sees whether it can take more.
     */
    private boolean placeSomewhere(int entry) {
        Set<Slot> before = tried.computeIfAbsent(entry, key -> new HashSet<>());
        Slot chosen = null;
        Slot first = null;
        int most = Integer.MIN_VALUE;
        for (int slot = 0; slot < slots.size(); slot++) {
            Slot candidate = slots.get(slot);
            if (scores[entry][slot] <= Slot.EXCLUDED / 2 || before.contains(candidate)) {
                continue;
            }
            first = first == null ? candidate : first;
            boolean own =
                    candidate == first || candidate.named() && !first.appended(); // names stand for several fields
            int score = scores[entry][slot];
            int worth = hasRoom(candidate)
                    ? fit(candidate, entry) + (own && entries(candidate).isEmpty() ? 400 : score)
                    : 0;
            if (worth > most || worth <= 0 && most <= 0) {
                chosen = candidate;
                most = worth;
            }
        }
        if (chosen != null) {
            before.add(chosen);
            place(entry, chosen);
        }
        return chosen != null;
    }

    private int fit(Slot slot, int entry) {
        if (!slot.covers(list.get(entry))) {
            return 1_000;
        }
        return slot.readsWhole() || slot.hasConstants() ? 2_000 : 2_500;
    }

    /** Gives entries of which nothing was written to the next slot; says which slots have new ones. */
    Set<Slot> moveOn(IntPredicate untouched) {
        Set<Slot> moved = new HashSet<>();
        for (int entry = 0; entry < scores.length; entry++) {
            if (tried.containsKey(entry) && untouched.test(entry)) {
                int moving = entry;
                bySlot.values().forEach(entries -> entries.remove(Integer.valueOf(moving)));
                if (placeSomewhere(entry)) {
                    bySlot.forEach((slot, entries) -> {
                        if (entries.contains(moving)) {
                            moved.add(slot);
                        }
                    });
                }
            }
        }
        return moved;
    }

    List<Slot> slots() {
        return slots;
    }

    List<Integer> entries(Slot slot) {
        return bySlot.getOrDefault(slot, List.of());
    }
}
