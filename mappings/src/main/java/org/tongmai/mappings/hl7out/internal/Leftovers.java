package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.Issue;

/** Tells which elements of the data found no place in the message. */
final class Leftovers {
    /** What says how resources belong together, how a server keeps them, or what rows imply. */
    private static final Set<String> IMPLIED = Set.of(
            "resourceType", "id", "meta", "text", "contained", "subject", "patient", "encounter", "status", "intent");

    /** What refers to resources of the message, which were written themselves. */
    private static final Set<String> ENVELOPES = Set.of("Bundle", "MessageHeader", "Provenance");

    private Leftovers() {}

    static List<Issue> of(Resources resources, MessagePlan plan, String event) {
        Set<String> constants = plan.constants();
        Set<String> places = new LinkedHashSet<>();
        for (ObjectNode resource : resources.all()) {
            String type = resource.path("resourceType").asText();
            if (ENVELOPES.contains(type) || resources.isTold(resource)) {
                continue;
            }
            if (!resources.written(resource)) {
                if (plan.makes(type)) {
                    places.add(type);
                }
                continue;
            }
            Claims claims = resources.claims(resource);
            resource.fieldNames().forEachRemaining(name -> {
                boolean told = IMPLIED.contains(name)
                        || constants.contains(type + "." + name)
                        || name.startsWith("_")
                        || claims.touches(resource, name);
                if (!told && !resource.path(name).findValuesAsText("reference").isEmpty()) {
                    return; // a link, which stands in the order of the segments
                }
                if (!told) {
                    places.add(type + "." + name);
                }
            });
        }
        List<Issue> issues = new ArrayList<>();
        places.forEach(place -> issues.add(Issue.of(MappingError.NO_PLACE, place, "not in " + event)));
        return issues;
    }
}
