package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects where the rows of a map write values that a rule is for, while it is compiled. */
final class RuleSites {
    private final Map<String, RuleSite> byPlace = new LinkedHashMap<>();
    private FieldPath from;
    private MapRow.At at;

    /** What the row in hand reads, or null, and where it stands. */
    void row(FieldPath reads, MapRow.At place) {
        from = reads;
        at = place;
    }

    /**
     * Notes a value on the way to what a row writes.
     *
     * @param steps down to the value
     * @param kind what tells the rule from others of the place
     * @param rule null when nothing is demanded there
     */
    void note(List<TargetPath.Step> steps, String kind, TypeRule rule) {
        if (rule == null) {
            return;
        }
        String[] names = steps.stream().map(TargetPath.Step::name).toArray(String[]::new);
        String place = String.join(".", names) + " " + kind;
        RuleSite before = byPlace.get(place);
        boolean better =
                before == null || before.from() == null || before.from().field() == 0;
        if (better) {
            byPlace.put(place, new RuleSite(names, rule, from, at));
        }
    }

    /** What is inside is looked at before what it is in. */
    RuleSite[] deepestFirst() {
        List<RuleSite> sites = new ArrayList<>(byPlace.values());
        sites.sort(
                Comparator.comparingInt((RuleSite site) -> site.steps().length).reversed());
        return sites.toArray(RuleSite[]::new);
    }
}
