package org.tongmai.standards.validation;

import java.util.Optional;

/** Judges FHIR R4 resources. Safe for many threads. */
public interface ResourceValidator {
    /**
     * Judges one resource by FHIR R4, the profiles asked for and those it claims.
     *
     * @return what was found; a resource that is wrong is no failure
     * @throws org.tongmai.standards.error.CodedException when it is too large or too deep, a profile asked for is not
     *     known, there is no room now (retryable), or the time is up
     */
    ValidationReport validate(ValidationRequest request);

    /** The URL of the canonical profile of a type; empty for a type without one. */
    Optional<String> profile(String type);
}
