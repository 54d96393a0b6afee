package org.tongmai.standards.patientindex;

import java.util.List;

/**
 * One hospital's record of a patient as the index keeps it. The Patient itself stays untouched in the canonical store.
 *
 * @param number given by the index, never reused
 * @param patientId id of the Patient
 * @param version of the Patient that was indexed
 * @param person number of the person it belongs to
 * @param state whether others may be matched with it
 * @param links what its sender last said about it: {@code replaced-by:<id>} and {@code seealso:<id>}, sorted
 * @param traits what is compared
 * @param keys under which it is found, hashed
 */
public record IndexedRecord(
        long number,
        String patientId,
        int version,
        long person,
        State state,
        List<String> links,
        PatientTraits traits,
        List<Long> keys) {
    public IndexedRecord {
        links = List.copyOf(links);
        keys = List.copyOf(keys);
    }

    /** Whether a record takes part in matching. */
    public enum State {
        ACTIVE(1),
        /** Its sender merged it into another (HL7 A40). */
        REPLACED(2),
        DELETED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static State of(int code) {
            return values()[code - 1];
        }
    }

    public IndexedRecord withPerson(long other) {
        return new IndexedRecord(number, patientId, version, other, state, links, traits, keys);
    }

    public IndexedRecord withState(State other) {
        return new IndexedRecord(number, patientId, version, person, other, links, traits, keys);
    }

    @Override
    public String toString() {
        return "IndexedRecord[" + number + "]";
    }
}
