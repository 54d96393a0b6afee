package org.tongmai.routes.engine.gateway.rules;

import java.util.List;
import java.util.Map;

/** What a rule that is not written means. */
final class Absent {
    private Absent() {}

    static <T> List<T> list(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static <K, V> Map<K, V> map(Map<K, V> given) {
        return given == null ? Map.of() : Map.copyOf(given);
    }

    static String text(String given) {
        return given == null ? "" : given;
    }
}
