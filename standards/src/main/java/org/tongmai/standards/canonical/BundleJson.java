package org.tongmai.standards.canonical;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tongmai.standards.error.Issue;

/** A canonical bundle and its issues as JSON, the way golden files have them. Full of patient data. */
public final class BundleJson {
    private BundleJson() {}

    /** Topic, event, patient key and resources; the resources' content is not copied. */
    public static ObjectNode of(CanonicalBundle bundle) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("topic", bundle.topic()).put("event", bundle.event()).put("patientKey", bundle.patientKey());
        ArrayNode resources = node.putArray("resources");
        bundle.resources().forEach(resource -> resources.add(resource.content()));
        return node;
    }

    /** Code, severity, location and detail of each, in their order. */
    public static ArrayNode issues(List<Issue> issues) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        for (Issue issue : issues) {
            node.addObject()
                    .put("code", issue.code().code())
                    .put("severity", issue.severity().name())
                    .put("location", issue.location())
                    .put("detail", issue.detail());
        }
        return node;
    }
}
