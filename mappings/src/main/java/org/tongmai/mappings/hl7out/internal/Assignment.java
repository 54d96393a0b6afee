package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Which entries of a list belong to which slot: first those told by constants and references, then the others in order. */
final class Assignment {
    private final Map<Slot, List<Integer>> bySlot = new IdentityHashMap<>();

    private Assignment() {}

    /** @param taken entries that stand elsewhere already */
    static Assignment of(JsonNode list, List<Slot> all, IntPredicate taken) {
        Assignment assignment = new Assignment();
        List<Slot> slots = new ArrayList<>(all);
        slots.removeIf(slot -> slot.first() || slot.last());
        slots.sort((a, b) -> Boolean.compare(a.yields(), b.yields()));
        int[][] scores = new int[list.size()][];
        boolean[] placed = new boolean[list.size()];
        for (int entry = 0; entry < scores.length; entry++) {
            scores[entry] = new int[slots.size()];
            placed[entry] = taken.test(entry);
            int best = -1;
            for (int slot = 0; slot < slots.size(); slot++) {
                scores[entry][slot] = slots.get(slot).score(list.get(entry));
                boolean better = best < 0 || scores[entry][slot] > scores[entry][best];
                best = better && assignment.hasRoom(slots.get(slot)) ? slot : best;
            }
            if (!placed[entry] && best >= 0 && scores[entry][best] > 0) {
                placed[entry] = assignment.place(entry, slots.get(best));
            }
        }
        for (int entry = 0; entry < scores.length; entry++) {
            if (!placed[entry]) {
                assignment.placeSomewhere(entry, slots, scores[entry]);
            }
        }
        assignment.bySlot.values().forEach(entries -> entries.sort(null));
        return assignment;
    }

    private boolean hasRoom(Slot slot) {
        return entries(slot).size() < slot.room();
    }

    private boolean place(int entry, Slot slot) {
        bySlot.computeIfAbsent(slot, key -> new ArrayList<>()).add(entry);
        return true;
    }

    /** The first slot where it is still empty, else the one that fits best; where none has room, the last of them. */
    private void placeSomewhere(int entry, List<Slot> slots, int... scores) {
        Slot best = null;
        int most = Slot.EXCLUDED / 2;
        Slot last = null;
        for (int slot = 0; slot < scores.length; slot++) {
            Slot candidate = slots.get(slot);
            if (scores[slot] <= Slot.EXCLUDED / 2) {
                continue;
            }
            if (last == null && entries(candidate).isEmpty()) {
                place(entry, candidate);
                return;
            }
            last = candidate;
            if (hasRoom(candidate) && scores[slot] > most) {
                best = candidate;
                most = scores[slot];
            }
        }
        if (last != null) {
            place(entry, best == null ? last : best); // the last one sees whether it can take more than it has room for
        }
    }

    List<Integer> entries(Slot slot) {
        return bySlot.getOrDefault(slot, List.of());
    }
}
