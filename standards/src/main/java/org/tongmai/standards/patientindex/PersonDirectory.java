package org.tongmai.standards.patientindex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Says who is one person. */
public interface PersonDirectory {
    /** A directory that knows nobody: every record stands for itself. */
    PersonDirectory NONE = new PersonDirectory() {
        @Override
        public Optional<Person> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<PatientMatch> match(ObjectNode patient, int count) {
            return List.of();
        }
    };

    /**
     * Finds a person.
     *
     * @param id of a Patient or of a person
     * @return empty when the id is not known, or not yet
     */
    Optional<Person> find(String id);

    /**
     * Finds whom a Patient may be, best first; one entry a person.
     *
     * @param patient FHIR R4 Patient, complete or in part
     * @param count at most so many
     */
    List<PatientMatch> match(ObjectNode patient, int count);

    /**
     * Somebody the Patient may be.
     *
     * @param person id of the person
     * @param patientId the record of the person that fits best
     * @param verdict why
     */
    record PatientMatch(String person, String patientId, MatchVerdict verdict) {}
}
