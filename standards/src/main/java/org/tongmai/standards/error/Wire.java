package org.tongmai.standards.error;

/**
 * What one error becomes on each wire. Written once beside the error code, so that no adapter decides it again.
 *
 * @param acknowledgement HL7 table 0008 code of a refusal in original mode: {@code AE} (the sender may retry or mend
 *     the content) or {@code AR} (the sender's message can never be taken)
 * @param hl7Condition HL7 table 0357 message error condition code, for example 101 required field missing, 207
 *     application internal error
 * @param httpStatus HTTP status
 * @param fhirIssue FHIR R4 issue-type code, for example {@code required}, {@code structure}, {@code transient}
 */
public record Wire(String acknowledgement, int hl7Condition, int httpStatus, String fhirIssue) {}
