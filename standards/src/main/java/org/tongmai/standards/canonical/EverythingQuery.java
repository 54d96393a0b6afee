package org.tongmai.standards.canonical;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for everything about one person (FHIR R4, Patient/$everything).
 *
 * @param patientIds the person's Patients, of all hospitals; at least one
 * @param types only resources of these types; empty for all
 * @param since only what changed at or after this moment
 * @param page which stretch of the answer
 */
public record EverythingQuery(
        List<String> patientIds, Set<String> types, Optional<Instant> since, SearchQuery.Page page) {
    public EverythingQuery {
        patientIds = List.copyOf(patientIds);
        types = Set.copyOf(types);
    }

    /** Asks for everything about one Patient. */
    public static EverythingQuery of(String patientId, SearchQuery.Page page) {
        return new EverythingQuery(List.of(patientId), Set.of(), Optional.empty(), page);
    }

    /** Says whether the query asks for this resource. */
    public boolean wants(StoredResource resource) {
        return (types.isEmpty() || types.contains(resource.version().type()))
                && since.map(moment -> !resource.lastUpdated().isBefore(moment)).orElse(true);
    }

    /** The references of the Patients. */
    public List<String> references() {
        return patientIds.stream().map(id -> "Patient/" + id).toList();
    }
}
