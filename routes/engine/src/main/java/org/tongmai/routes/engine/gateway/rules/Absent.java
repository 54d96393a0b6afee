package org.tongmai.routes.engine.gateway.rules;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a rule that is not written means. */
final class Absent {
    private Absent() {}

    static <T> List<T> list(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static <K, V> Map<K, V> map(Map<K, V> given) {
        return given == null ? Map.of() : Map.copyOf(given);
    }

    /** In order: the same set is the same text on every node. */
    static <T extends Comparable<T>> Set<T> set(Set<T> given) {
        return given == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(given));
    }

    static String text(String given) {
        return given == null ? "" : given;
    }
}
