package org.tongmai.standards.canonical;

import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * What one message means: the resources it speaks of, in the order they must be written. The body of an exchange after
 * {@code transformDataType: {toType: "fhir:bundle"}}.
 *
 * @param topic canonical channel it belongs to, kebab-case, for example {@code patient-administration}
 * @param event what happened, as the sender said it, for example {@code ADT^A01}
 * @param patientKey what must stay in order: the canonical reference of the patient, or the sender where there is none
 * @param resources the resources; each {@code type/id} at most once
 * @param issues what the mapping noticed and could live with; errors never get here, they refuse the message
 */
public record CanonicalBundle(
        String topic, String event, String patientKey, List<CanonicalResource> resources, List<Issue> issues) {
    public CanonicalBundle {
        resources = List.copyOf(resources);
        issues = List.copyOf(issues);
    }

    @Override
    public String toString() {
        return "CanonicalBundle[" + topic + ", " + event + ", " + resources.size() + " resources]";
    }
}
