package org.tongmai.mappings.cda.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.standards.terminology.ConceptMap;

/** A concept map that is read both ways; where several codes have one target, the first in order is the way back. */
final class CodeTable {
    private final ConceptMap map;
    private final Map<String, String> back = new HashMap<>();

    CodeTable(ConceptMap map) {
        this.map = map;
        new TreeMap<>(map.targets()).forEach((code, target) -> back.putIfAbsent(target.code(), code));
    }

    String name() {
        return map.name();
    }

    /** System of the source codes. */
    String sourceSystem() {
        return map.policy().sourceSystem();
    }

    /** The target of a canonical code, or null. */
    ConceptMap.Target target(String code) {
        return map.target(code);
    }

    /** The canonical code of a target, or null. */
    String source(String target) {
        return back.get(target);
    }
}
