package org.tongmai.console.domain.patientindex.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.patientindex.PatientIndexStore.KeyHit;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;

/** Finds the records that share a key. A key that very many share says nothing and is not followed. */
public final class CandidateSearch {
    private final int largestBlock;

    CandidateSearch(MatchPolicy policy) {
        this.largestBlock = (int) policy.threshold("max-block");
    }

    /** Records by key. */
    public Map<Long, Set<Long>> find(Reading store, Collection<Long> keys) {
        Map<Long, Set<Long>> found = new HashMap<>();
        for (KeyHit hit : store.find(keys, largestBlock + 1)) {
            found.computeIfAbsent(hit.key(), k -> new HashSet<>()).add(hit.record());
        }
        found.values().removeIf(records -> records.size() > largestBlock);
        return found;
    }

    /** The records found under any of the keys. */
    public static Set<Long> under(List<Long> keys, Map<Long, Set<Long>> found) {
        Set<Long> all = new HashSet<>();
        keys.forEach(key -> all.addAll(found.getOrDefault(key, Set.of())));
        return all;
    }
}
