package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.MessageKeys;

/**
 * What must stay in order: the patient, as {@code Patient/id}. Said twice: for the journal without asking the store, and
 * for deliveries when every reference leads somewhere. Both give the same wherever the request says whom it is about.
 */
final class PatientKey {
    private static final String PATIENT = "Patient/";

    private PatientKey() {}

    /** Of what is to be stored: its Patient, else whom it speaks of. */
    static String of(List<CanonicalResource> resources, MessageKeys keys, StoredTypes types) {
        for (CanonicalResource resource : resources) {
            if (resource.type().equals("Patient")) {
                return resource.reference();
            }
        }
        for (CanonicalResource resource : resources) {
            for (String about : about(resource.content(), types.patientElements(resource.type()))) {
                if (about.startsWith(PATIENT)) {
                    return about;
                }
            }
        }
        return keys.orderingKey();
    }

    /** Of a request as it came; the resource itself where no patient is named, or empty for several of those. */
    static String of(Submission submission, StoredTypes types) {
        for (Change change : submission.changes()) {
            if (change.type().equals("Patient")) {
                return own(change, types).orElse("");
            }
        }
        for (Change change : submission.changes()) {
            for (String about : about(change.resource(), types.patientElements(change.type()))) {
                if (about.matches("Patient/[A-Za-z0-9\\-.]{1,64}")) {
                    return about;
                }
                if (about.startsWith("Patient?identifier=")) {
                    return identified(about);
                }
            }
        }
        Change only = submission.changes().size() == 1 ? submission.changes().get(0) : null;
        return only == null || only.id().isEmpty() ? "" : only.type() + "/" + only.id();
    }

    private static Optional<String> own(Change change, StoredTypes types) {
        if (!change.id().isEmpty()) {
            return Optional.of(PATIENT + change.id());
        }
        if (change.resource() == null) {
            return change.criteria().startsWith("identifier=")
                    ? Optional.of(identified("Patient?" + change.criteria()))
                    : Optional.empty();
        }
        return types.identity("Patient", change.resource()).map(identity -> PATIENT + identity.id("Patient"));
    }

    /** The id that the identifier gives where it is the one that identifies: good enough to keep one patient in order. */
    private static String identified(String reference) {
        String token = java.net.URLDecoder.decode(
                reference.substring(reference.indexOf('=') + 1).split("&", 2)[0].replaceAll("%(?![0-9A-Fa-f]{2})", ""),
                java.nio.charset.StandardCharsets.UTF_8);
        int bar = token.indexOf('|');
        return bar < 0
                ? ""
                : PATIENT + CanonicalIds.idFor("Patient", token.substring(0, bar), token.substring(bar + 1));
    }

    /** Every reference in these elements, in their order; lists on the way are walked through. */
    private static List<String> about(JsonNode resource, List<String> elements) {
        List<String> references = new ArrayList<>();
        for (String element : elements) {
            List<JsonNode> nodes = resource == null ? List.of() : List.of(resource);
            for (String name : element.split("\\.")) {
                nodes = nodes.stream()
                        .map(node -> node.path(name))
                        .flatMap(node -> node.isArray() ? node.valueStream() : Stream.of(node))
                        .toList();
            }
            nodes.forEach(node -> references.add(node.path("reference").asText()));
        }
        return references;
    }
}
