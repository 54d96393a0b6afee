package org.tongmai.standards.patientindex;

import java.util.Objects;

/**
 * One identifier of a person.
 *
 * @param system URI of the identifier system ({@code profiles/identifier-systems.csv}), or {@link #PATIENT}
 * @param value as written
 */
public record PersonIdentifier(String system, String value) {
    /** The system of ids of FHIR Patients, and of the index' own persons ({@code person-…}). */
    public static final String PATIENT = "Patient";

    public PersonIdentifier {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(value, "value");
    }

    /** As FHIR writes a token (R4, 3.1.1.4.10): {@code system|value}. */
    public String token() {
        return system + '|' + value;
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "PersonIdentifier[" + system + "]";
    }
}
