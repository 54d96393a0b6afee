package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.MessageKeys;

/**
 * What must stay in order: every patient a request touches, as {@code Patient/id}. Said twice: for the journal without
 * asking the store, and for deliveries when every reference leads somewhere. Both give the same wherever the request says
 * whom it is about.
 */
final class PatientKey {
    private static final String PATIENT = "Patient/";
    private static final String SEARCH = "Patient?identifier=";
    private static final Pattern REFERENCE = Pattern.compile("Patient/[A-Za-z0-9\\-.]{1,64}");

    private PatientKey() {}

    /** Of what is to be stored: its Patients, then whom it speaks of; one at least. */
    static List<String> of(List<CanonicalResource> resources, MessageKeys keys, StoredTypes types) {
        Set<String> found = new LinkedHashSet<>();
        for (CanonicalResource resource : resources) {
            if (resource.type().equals("Patient")) {
                found.add(resource.reference());
            }
        }
        for (CanonicalResource resource : resources) {
            about(resource.content(), types.patientElements(resource.type())).stream()
                    .filter(about -> about.startsWith(PATIENT))
                    .forEach(found::add);
        }
        return found.isEmpty() ? List.of(keys.orderingKey()) : List.copyOf(found);
    }

    /** Of a request as it came; the resource itself where no patient is named, or none for several of those. */
    static List<String> of(Submission submission, StoredTypes types) {
        Set<String> found = new LinkedHashSet<>();
        for (Change change : submission.changes()) {
            if (change.type().equals("Patient")) {
                own(change, types).ifPresent(found::add);
            }
        }
        for (Change change : submission.changes()) {
            for (String about : about(change.resource(), types.patientElements(change.type()))) {
                if (REFERENCE.matcher(about).matches()) {
                    found.add(about);
                } else if (about.startsWith(SEARCH)) {
                    found.add(identified(about));
                }
            }
        }
        found.remove("");
        Change only = submission.changes().size() == 1 ? submission.changes().get(0) : null;
        if (found.isEmpty() && only != null && !only.id().isEmpty()) {
            found.add(only.type() + "/" + only.id());
        }
        return List.copyOf(found);
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
