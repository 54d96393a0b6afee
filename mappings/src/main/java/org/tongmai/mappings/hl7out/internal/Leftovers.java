package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.PlainName;

/** Tells which elements of the data found no place in the message. Who sent the data chose their names: those are masked. */
final class Leftovers {
    /** What says how resources belong together, how a server keeps them, or what rows imply. */
    private static final Set<String> IMPLIED = Set.of(
            "resourceType", "id", "meta", "text", "contained", "subject", "patient", "encounter", "status", "intent");

    /** What refers to resources of the message, which were written themselves. */
    private static final Set<String> ENVELOPES = Set.of("Bundle", "MessageHeader", "Provenance");

    private Leftovers() {}

    /** Whether nothing of an element was written, or nothing of an entry of it; links stand in the order of the segments. */
    private static boolean lacksPlace(ObjectNode resource, String name, Claims claims) {
        JsonNode element = resource.path(name);
        if (!claims.touches(resource, name)) {
            boolean exacter = claims.touches(resource, "_" + name); // a time of birth says the date
            boolean unknown = element.path("system").asText().endsWith("v3-NullFlavor");
            return !exacter && !unknown && element.findValuesAsText("reference").isEmpty();
        }
        for (JsonNode entry : element) {
            boolean written =
                    !element.isArray() || !entry.isObject() || claims.touches(entry) || claims.hasEntry(entry);
            if (!written && entry.findValuesAsText("reference").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    static List<Issue> of(Resources resources, MessagePlan plan, String event) {
        Set<String> constants = plan.constants();
        Set<String> places = new LinkedHashSet<>();
        for (ObjectNode resource : resources.all()) {
            String type = resource.path("resourceType").asText();
            if (ENVELOPES.contains(type) || resources.isTold(resource)) {
                continue;
            }
            if (!resources.written(resource)) {
                if (plan.makes(type) && !resources.isOnlyOf(ENVELOPES, resource)) {
                    places.add(PlainName.of(type));
                }
                continue;
            }
            Claims claims = resources.claims(resource);
            resource.fieldNames().forEachRemaining(name -> {
                boolean implied =
                        IMPLIED.contains(name) || constants.contains(type + "." + name) || name.startsWith("_");
                if (!implied && lacksPlace(resource, name, claims)) {
                    places.add(PlainName.of(type) + "." + PlainName.of(name));
                }
            });
        }
        List<Issue> issues = new ArrayList<>();
        places.forEach(place -> issues.add(Issue.of(MappingError.NO_PLACE, place, "not in " + event)));
        return issues;
    }
}
