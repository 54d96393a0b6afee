package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is to be done to a stored resource.
 *
 * @param language how it is said
 * @param operations as they came: a JSON Patch, or the {@code parameter} list of a FHIRPath Patch
 */
record Patch(Language language, JsonNode operations) {
    /** The two languages of FHIR R4 (http, patch) that are understood here. */
    enum Language {
        JSON_PATCH,
        FHIRPATH_PATCH
    }
}
