package org.tongmai.mappings.cda;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with a CDA document, or with the data one is to be made of. */
public enum CdaError implements ErrorCode {
    MALFORMED("TM-CDA-0001", "The document is not well-formed XML", Severity.ERROR, "structure"),
    FORBIDDEN("TM-CDA-0002", "The document has a DTD, an entity or an inclusion", Severity.ERROR, "security"),
    TOO_LARGE("TM-CDA-0003", "The document is larger or deeper than the bounds", Severity.ERROR, "too-costly"),
    NOT_CDA("TM-CDA-0004", "The root element is not a ClinicalDocument", Severity.ERROR, "structure"),
    REQUIRED_MISSING("TM-CDA-0005", "A required element is missing", Severity.ERROR, "required"),
    FIXED_DIFFERS("TM-CDA-0006", "An element does not have the value the standard fixes", Severity.ERROR, "value"),
    BAD_VALUE("TM-CDA-0007", "An element does not hold what its data type allows", Severity.ERROR, "value"),
    REPEATED("TM-CDA-0008", "An element stands more often than it may", Severity.ERROR, "structure"),
    TYPE_DIFFERS("TM-CDA-0009", "A value has another data type than its data element", Severity.WARNING, "value"),
    CODE_SYSTEM_DIFFERS(
            "TM-CDA-0010", "A code is of another code table than its data element's", Severity.WARNING, "code-invalid"),
    SECTION_UNEXPECTED("TM-CDA-0011", "The document type has no such section", Severity.WARNING, "informational"),
    ENTRY_UNEXPECTED("TM-CDA-0012", "The section has no such data element", Severity.WARNING, "informational"),
    NARRATIVE_MISSING("TM-CDA-0013", "A section has no title or no text for people", Severity.WARNING, "required"),
    NAMESPACE_MISSING("TM-CDA-0014", "The document is not in the namespace of HL7 V3", Severity.WARNING, "structure"),
    FIELD_ABSENT(
            "TM-CDA-0015", "The data have no value for a field of the document", Severity.INFORMATION, "incomplete"),
    FIELD_NOT_HELD(
            "TM-CDA-0016", "Canonical data have no place for a field of the document", Severity.WARNING, "incomplete"),
    NOT_MAPPED("TM-CDA-0017", "An element was not mapped; it stays in the document", Severity.WARNING, "informational"),
    BUNDLE_UNREADABLE("TM-CDA-0018", "The data are not a FHIR R4 bundle", Severity.ERROR, "structure"),
    CODE_UNMAPPED("TM-CDA-0019", "A code is not in the table of its element", Severity.WARNING, "code-invalid"),
    CHARACTER_DROPPED(
            "TM-CDA-0020", "A text holds a character XML does not allow; it was left out", Severity.WARNING, "value");

    private final ErrorFacts facts;

    CdaError(String code, String summary, Severity severity, String issueType) {
        int status = issueType.equals("too-costly") ? 413 : severity.refuses() ? 422 : 200;
        this.facts = new ErrorFacts(code, summary, severity, false, new Wire("AE", 207, status, issueType));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
