package org.tongmai.standards.hl7v2;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with an HL7 v2 message before anybody looks at its meaning. */
public enum Hl7Error implements ErrorCode {
    HEADER_MISSING("TM-HL7-0001", "The message does not begin with an MSH segment", Severity.ERROR, 100),
    SEPARATORS_BAD("TM-HL7-0002", "The separators of the message can not be used", Severity.ERROR, 102),
    HEADER_FIELD_MISSING("TM-HL7-0003", "A required field of the header is empty", Severity.ERROR, 101),
    VERSION_UNSUPPORTED("TM-HL7-0004", "The version of the message is not one of HL7 2.1 to 2.9", Severity.ERROR, 203),
    CHARSET_CONTRADICTED(
            "TM-HL7-0005", "The bytes are not in the character set they claim to be in", Severity.WARNING, 102),
    CHARSET_UNKNOWN("TM-HL7-0006", "The character set named is not known", Severity.WARNING, 103),
    CHARSET_UNREADABLE("TM-HL7-0007", "Some bytes are valid in no character set that was tried", Severity.WARNING, 102),
    NUL_CHARACTER("TM-HL7-0008", "The message contains NUL characters", Severity.ERROR, 102),
    VERSION_EMPTY("TM-HL7-0009", "The message does not name its version", Severity.WARNING, 101),
    HEADER_REPEATED("TM-HL7-0010", "A second message begins inside the message", Severity.ERROR, 100),
    HEADER_FIELD_TOO_LONG("TM-HL7-0011", "A field of the header is longer than it may be", Severity.ERROR, 102);

    private final ErrorFacts facts;

    Hl7Error(String code, String summary, Severity severity, int hl7Condition) {
        this.facts = new ErrorFacts(code, summary, severity, false, new Wire("AR", hl7Condition, 400, "structure"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
