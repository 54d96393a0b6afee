package org.tongmai.standards.canonical;

import java.util.ArrayList;
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
 * @param alsoPatients the other patients it is about, as {@code patientKey}
 */
public record CanonicalBundle(
        String topic,
        String event,
        String patientKey,
        List<CanonicalResource> resources,
        List<Issue> issues,
        List<String> alsoPatients) {
    private static final String PATIENT = "Patient";

    public CanonicalBundle {
        resources = List.copyOf(resources);
        issues = List.copyOf(issues);
        alsoPatients = List.copyOf(alsoPatients);
    }

    /** About its Patients and nobody else. */
    public CanonicalBundle(
            String topic, String event, String patientKey, List<CanonicalResource> resources, List<Issue> issues) {
        this(topic, event, patientKey, resources, issues, others(patientKey, resources));
    }

    private static List<String> others(String patientKey, List<CanonicalResource> resources) {
        List<String> others = List.of();
        for (CanonicalResource resource : resources) {
            if (resource.type().equals(PATIENT) && !resource.reference().equals(patientKey)) {
                others = others.isEmpty() ? new ArrayList<>() : others;
                others.add(resource.reference());
            }
        }
        return others;
    }

    /** What must stay in order: of every patient it is about. */
    public List<String> orderingKeys() {
        if (alsoPatients.isEmpty()) {
            return List.of(patientKey);
        }
        List<String> keys = new ArrayList<>(alsoPatients.size() + 1);
        keys.add(patientKey);
        keys.addAll(alsoPatients);
        return keys;
    }

    @Override
    public String toString() {
        return "CanonicalBundle[" + topic + ", " + event + ", " + resources.size() + " resources]";
    }
}
