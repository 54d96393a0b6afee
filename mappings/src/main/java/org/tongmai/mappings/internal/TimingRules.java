package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.tongmai.mappings.MappingError;

/** What the parts of FHIR R4 Timing.repeat demand of each other (tim-1 to tim-10). */
final class TimingRules {
    /** Events that no offset may be said of: at meals (tim-9). */
    private static final Set<String> MEALS = Set.of("C", "CM", "CD", "CV");

    private TimingRules() {}

    static boolean repeat(MapRun run, ObjectNode repeat) {
        without(run, repeat, "duration", repeat.has("durationUnit"));
        without(run, repeat, "period", repeat.has("periodUnit"));
        without(run, repeat, "duration", repeat.path("duration").asDouble(0) >= 0);
        without(run, repeat, "period", repeat.path("period").asDouble(0) >= 0);
        without(run, repeat, "durationMax", repeat.has("duration"));
        without(run, repeat, "periodMax", repeat.has("period"));
        without(run, repeat, "countMax", repeat.has("count"));
        String when = repeat.path("when").path(0).asText("");
        without(run, repeat, "offset", !when.isEmpty() && !MEALS.contains(when));
        without(run, repeat, "timeOfDay", when.isEmpty());
        return !repeat.isEmpty();
    }

    private static void without(MapRun run, ObjectNode repeat, String name, boolean allowed) {
        if (!allowed && repeat.has(name)) {
            repeat.remove(name);
            run.warn(MappingError.RULE_BROKEN, "found " + name + " without what it needs; left out");
        }
    }
}
