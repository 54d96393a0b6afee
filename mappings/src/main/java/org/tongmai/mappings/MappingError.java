package org.tongmai.mappings;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with a message when it is mapped (0001–0099), and with a map when it is compiled (0100–). */
public enum MappingError implements ErrorCode {
    MESSAGE_TYPE_UNSUPPORTED(
            "TM-MAP-0001", "The message type is not mapped", Severity.ERROR, wire("AR", 200, "not-supported")),
    EVENT_UNSUPPORTED(
            "TM-MAP-0002",
            "The event of this message type is not mapped",
            Severity.ERROR,
            wire("AR", 201, "not-supported")),
    REQUIRED_MISSING(
            "TM-MAP-0003", "A required field or segment is missing", Severity.ERROR, wire("AE", 101, "required")),
    BAD_VALUE(
            "TM-MAP-0004", "A field does not hold what its data type allows", Severity.ERROR, wire("AE", 102, "value")),
    CODE_UNKNOWN(
            "TM-MAP-0005", "A code is not in the table of its field", Severity.ERROR, wire("AE", 103, "code-invalid")),
    VALUE_TRIMMED(
            "TM-MAP-0006",
            "A field holds more than is valid; the valid beginning was taken",
            Severity.WARNING,
            wire("AA", 0, "value")),
    SEGMENT_UNKNOWN(
            "TM-MAP-0007",
            "A segment is not part of the map; it stays in the journal",
            Severity.WARNING,
            wire("AA", 0, "informational")),
    REPETITION_IGNORED(
            "TM-MAP-0008",
            "A field repeats where only one value can be kept; the first was taken",
            Severity.WARNING,
            wire("AA", 0, "informational")),
    IDENTITY_MISSING(
            "TM-MAP-0009",
            "A segment has nothing to identify its content by; no resource was made of it",
            Severity.WARNING,
            wire("AA", 0, "informational")),
    IDENTITY_CONFLICT(
            "TM-MAP-0010",
            "Two different things in one message have the same identity",
            Severity.ERROR,
            wire("AE", 207, "conflict")),
    HEADER_MISSING("TM-MAP-0011", "The message does not begin with MSH", Severity.ERROR, wire("AR", 100, "structure")),
    TOO_WIDE(
            "TM-MAP-0012",
            "The message has more segments and repetitions than can be mapped at once",
            Severity.ERROR,
            wire("AR", 207, "too-costly")),
    RULE_BROKEN(
            "TM-MAP-0013",
            "Values break a rule of FHIR or of their identifier system; left out, or kept where they break none",
            Severity.WARNING,
            wire("AA", 0, "invariant")),
    CHARSET_TOO_SMALL(
            "TM-MAP-0014",
            "The character set does not have a character that is to be written",
            Severity.ERROR,
            wire("AE", 207, "not-supported")),
    NO_PLACE(
            "TM-MAP-0015",
            "An element of the data has no place in the message",
            Severity.WARNING,
            wire("AA", 0, "informational")),
    FHIR_UNREADABLE(
            "TM-MAP-0016",
            "The data are not a FHIR R4 resource or bundle in JSON",
            Severity.ERROR,
            wire("AE", 207, "structure")),
    VERSION_UNSUPPORTED(
            "TM-MAP-0017",
            "The HL7 version asked for is not written",
            Severity.ERROR,
            wire("AE", 203, "not-supported")),
    MAP_UNREADABLE(
            "TM-MAP-0101", "A map file is not valid YAML or not a map", Severity.ERROR, wire("AE", 207, "exception")),
    MAP_MISSING(
            "TM-MAP-0102", "A map refers to a map that does not exist", Severity.ERROR, wire("AE", 207, "exception")),
    VERB_UNKNOWN(
            "TM-MAP-0103",
            "A row uses a verb or condition that does not exist",
            Severity.ERROR,
            wire("AE", 207, "exception")),
    PATH_UNKNOWN(
            "TM-MAP-0104",
            "A row writes to an element FHIR R4 does not have",
            Severity.ERROR,
            wire("AE", 207, "exception")),
    TYPE_MISMATCH(
            "TM-MAP-0105",
            "A row writes another type than its element has",
            Severity.ERROR,
            wire("AE", 207, "exception")),
    FIELD_UNKNOWN(
            "TM-MAP-0106",
            "A row reads from something that is not a field",
            Severity.ERROR,
            wire("AE", 207, "exception")),
    FUNCTION_UNKNOWN(
            "TM-MAP-0107",
            "A row calls a function that is not registered",
            Severity.ERROR,
            wire("AE", 207, "exception")),
    TABLE_UNKNOWN(
            "TM-MAP-0108", "A row uses a concept map that is not loaded", Severity.ERROR, wire("AE", 207, "exception")),
    MAP_CYCLE("TM-MAP-0109", "Maps refer to each other in a circle", Severity.ERROR, wire("AE", 207, "exception"));

    private final ErrorFacts facts;

    MappingError(String code, String summary, Severity severity, Wire wire) {
        this.facts = new ErrorFacts(code, summary, severity, false, wire);
    }

    private static Wire wire(String acknowledgement, int condition, String issueType) {
        return new Wire(acknowledgement, condition, acknowledgement.equals("AA") ? 200 : 422, issueType);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
