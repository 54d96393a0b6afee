package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.List;

/** How the fields of two records compare, in the order they were compared. */
final class Levels {
    static final String SAME = "same";
    static final String MISSING = "missing";
    static final String DIFFERENT = "different";
    static final String SLIP = "slip";
    static final String CONFLICT = "conflict";

    private final List<String> fields = new ArrayList<>(8);
    private final List<String> levels = new ArrayList<>(8);

    void put(String field, String level) {
        fields.add(field);
        levels.add(level);
    }

    String of(String field) {
        int at = fields.indexOf(field);
        return at < 0 ? MISSING : levels.get(at);
    }

    int size() {
        return fields.size();
    }

    String field(int index) {
        return fields.get(index);
    }

    String level(int index) {
        return levels.get(index);
    }
}
