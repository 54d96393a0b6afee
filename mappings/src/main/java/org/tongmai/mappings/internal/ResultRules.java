package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.mappings.MappingError;

/** What the parts of an observation demand of each other (FHIR R4 obs-6, obs-7). */
final class ResultRules {
    private ResultRules() {}

    static boolean observation(MapRun run, ObjectNode observation) {
        List<String> values = new ArrayList<>(1);
        observation.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("value")) {
                values.add(name);
            }
        });
        if (!values.isEmpty() && observation.has("dataAbsentReason")) {
            observation.remove("dataAbsentReason");
            run.warn(MappingError.RULE_BROKEN, "found a value and a reason for having none; the reason was left out");
        }
        if (!values.isEmpty() && observation.has("component") && repeats(observation)) {
            observation.remove(values);
            run.warn(MappingError.RULE_BROKEN, "found a value beside components of the same; the components were kept");
        }
        return true;
    }

    private static boolean repeats(ObjectNode observation) {
        for (JsonNode component : observation.path("component")) {
            if (component.path("code").equals(observation.path("code"))) {
                return true;
            }
        }
        return false;
    }
}
