package org.tongmai.adapters.fhir.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.Person;

/**
 * Shows a person as a Patient that links to the person's records ({@code seealso}). Made when it is asked for, never
 * stored: name, sex and birth date of the record that changed last and was not merged away, identifiers of all.
 */
final class PersonPatient {
    private static final List<String> OF_THE_LATEST = List.of("name", "gender", "birthDate", "deceasedBoolean");

    private final CanonicalSearch search;

    PersonPatient(CanonicalSearch search) {
        this.search = search;
    }

    StoredResource of(Person person) {
        ObjectNode patient = JsonNodeFactory.instance.objectNode();
        patient.put("resourceType", "Patient").put("id", person.id());
        List<StoredResource> records = person.members().stream()
                .filter(each -> each.state() == IndexedRecord.State.ACTIVE)
                .flatMap(each -> search.find("Patient", each.patientId()).stream())
                .sorted(Comparator.comparing(StoredResource::lastUpdated).reversed())
                .toList();
        Instant changed = records.isEmpty() ? Instant.EPOCH : records.get(0).lastUpdated();
        patient.putObject("meta").put("lastUpdated", changed.toString());
        identifiers(patient, records);
        patient.put("active", true);
        if (!records.isEmpty()) {
            JsonNode latest = records.get(0).resource().content();
            OF_THE_LATEST.stream().filter(latest::has).forEach(field -> patient.set(field, latest.get(field)));
        }
        for (IndexedRecord member : person.members()) {
            ObjectNode link = patient.withArray("link").addObject();
            link.putObject("other").put("reference", "Patient/" + member.patientId());
            link.put("type", "seealso");
        }
        return new StoredResource(
                new ResourceVersion("Patient", person.id(), 1),
                changed,
                StoredResource.State.CURRENT,
                new CanonicalResource("Patient", person.id(), patient));
    }

    private static void identifiers(ObjectNode patient, List<StoredResource> records) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Set<String> known = new HashSet<>();
        for (StoredResource record : records) {
            for (JsonNode each : record.resource().content().path("identifier")) {
                if (known.add(
                        each.path("system").asText() + "|" + each.path("value").asText())) {
                    all.add(each);
                }
            }
        }
        if (!all.isEmpty()) {
            patient.set("identifier", all);
        }
    }
}
