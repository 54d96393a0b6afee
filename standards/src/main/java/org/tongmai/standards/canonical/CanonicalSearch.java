package org.tongmai.standards.canonical;

import java.util.List;
import java.util.Optional;

/**
 * Finds canonical resources. Everything the FHIR endpoint answers comes from here. All methods throw
 * {@link org.tongmai.standards.error.CodedException} when the store can not be reached (retryable) or a cursor is not
 * one of its own.
 */
public interface CanonicalSearch {
    /** Finds the current version, also of a deleted resource. */
    Optional<StoredResource> find(String type, String id);

    Optional<StoredResource> findVersion(ResourceVersion version);

    /**
     * Lists versions, newest first.
     *
     * @param before versions below this one; {@link Integer#MAX_VALUE} for the first page
     * @param count at most so many
     */
    List<StoredResource> history(String type, String id, int before, int count);

    SearchPage search(SearchQuery query);

    /**
     * Lists the Patients of a person, everything that refers to them, and the practitioners, locations and organizations
     * those refer to (FHIR R4, Patient/$everything). The Patients are on the first page only.
     */
    SearchPage everything(EverythingQuery query);

    /** The parameters that {@link #search} understands. */
    SearchParameters parameters();
}
