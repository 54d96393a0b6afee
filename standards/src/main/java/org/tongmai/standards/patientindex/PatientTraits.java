package org.tongmai.standards.patientindex;

import java.util.List;

/**
 * What of a Patient is compared, made comparable: simplified characters, digits only, no placeholders.
 *
 * @param names every name, the official first
 * @param birthDate ISO date, possibly only year or month; empty when unknown
 * @param gender FHIR administrative gender; empty when unknown or neither male nor female
 * @param phones digits only, without country code
 * @param addresses without blanks and punctuation
 * @param identifiers valid identifiers of the kinds that the rules know
 */
public record PatientTraits(
        List<Name> names,
        String birthDate,
        String gender,
        List<String> phones,
        List<String> addresses,
        List<Identifier> identifiers) {
    public PatientTraits {
        names = List.copyOf(names);
        phones = List.copyOf(phones);
        addresses = List.copyOf(addresses);
        identifiers = List.copyOf(identifiers);
    }

    @Override
    public String toString() {
        return "PatientTraits";
    }

    /** A name in comparable form; Latin letters in lower case without blanks. */
    public record Name(String family, String given) {
        @Override
        public String toString() {
            return "Name";
        }
    }

    /**
     * An identifier.
     *
     * @param kind as the rules call it, for example {@code identity-number}
     * @param value upper case, without blanks
     */
    public record Identifier(String kind, String value) {
        @Override
        public String toString() {
            return "Identifier[" + kind + "]";
        }
    }
}
