package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * What is to be done to a stored resource.
 *
 * @param language how it is said
 * @param operations as they came: a JSON Patch, or the {@code parameter} list of a FHIRPath Patch
 * @param look what came of it when the request came
 */
record Patch(Language language, JsonNode operations, Look look) {
    Patch(Language language, JsonNode operations) {
        this(language, operations, Look.NONE);
    }

    /** The two languages of FHIR R4 (http, patch) that are understood here. */
    enum Language {
        JSON_PATCH,
        FHIRPATH_PATCH
    }

    /**
     * What came of a patch when it was tried on what is stored.
     *
     * @param seen the version it was tried on; 0 when it was not
     * @param refusal why it can not be applied, or what its result breaks. Said when it is known that the request did not
     *     come before: a repeat is answered as the first was, though it would not fit what the first left
     */
    record Look(int seen, List<Issue> refusal) {
        static final Look NONE = new Look(0, List.of());
    }

    Patch with(Look other) {
        return new Patch(language, operations, other);
    }
}
