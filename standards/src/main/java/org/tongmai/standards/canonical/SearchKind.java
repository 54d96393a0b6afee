package org.tongmai.standards.canonical;

/** How a search parameter compares (FHIR R4, Search, section 3.1.1.4). */
public enum SearchKind {
    /** A code or an identifier: equal, with or without its system. */
    TOKEN,
    /** A text: starts with, without regard to case, width and accents. */
    STRING,
    /** A reference to another resource. */
    REFERENCE,
    /** A moment, or a day, month or year taken as one; never longer than a year. */
    DATE,
    /** A stretch of time of any length; equal means that the two overlap. */
    PERIOD
}
