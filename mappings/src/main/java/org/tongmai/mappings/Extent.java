package org.tongmai.mappings;

/** How much of a message is mapped; rows that say {@code when: {extent: …}} belong to one of them. */
public enum Extent {
    /** What the canonical store keeps: the patient, the visit, orders, results. Each resource costs. */
    STORED,
    /** Everything the HL7 v2-to-FHIR guide maps, also MessageHeader, Provenance, Account and places level by level. */
    WHOLE
}
