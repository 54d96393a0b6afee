package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a row of rules or limits asks of the levels of fields: all of {@code field=level|level}. */
record Conditions(List<Condition> all) {

    /** One field that must have one of these levels. */
    record Condition(String field, Set<String> levels) {}

    static Conditions read(TableReader.Row row, String text, MatchPolicy.Vocabulary vocabulary) {
        List<Condition> conditions = new ArrayList<>();
        for (String part : text.split(" ")) {
            String[] sides = part.split("=", -1);
            if (sides.length != 2) {
                row.refuse("expected field=level|level");
                continue;
            }
            Set<String> levels = Set.of(sides[1].split("\\|"));
            row.require(vocabulary.levels(sides[0]).containsAll(levels), "known levels of a known field: " + sides[0]);
            conditions.add(new Condition(sides[0], levels));
        }
        return new Conditions(List.copyOf(conditions));
    }

    boolean hold(Levels levels) {
        for (Condition each : all) {
            if (!each.levels().contains(levels.of(each.field()))) {
                return false;
            }
        }
        return true;
    }
}
