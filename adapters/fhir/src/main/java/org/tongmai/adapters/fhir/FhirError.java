package org.tongmai.adapters.fhir;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What the FHIR endpoint refuses. */
public enum FhirError implements ErrorCode {
    UNKNOWN_TYPE("TM-FHIR-0001", "The resource type is not one that this endpoint serves", 404, "not-supported"),
    NOT_FOUND("TM-FHIR-0002", "There is no such resource or version", 404, "not-found"),
    INVALID_ID("TM-FHIR-0003", "The id or version is not one that FHIR allows", 400, "value"),
    INVALID_VALUE("TM-FHIR-0004", "The value of a parameter can not be read", 400, "value"),
    UNKNOWN_PARAMETER("TM-FHIR-0005", "The search parameter is not supported for this type", 400, "not-supported"),
    UNSUPPORTED_MODIFIER("TM-FHIR-0006", "The modifier of a search parameter is not supported", 400, "not-supported"),
    METHOD_NOT_ALLOWED("TM-FHIR-0007", "The method is not allowed here", 405, "not-supported"),
    NOT_ACCEPTABLE("TM-FHIR-0008", "The endpoint answers in FHIR JSON and XML only", 406, "not-supported"),
    UNSUPPORTED_MEDIA_TYPE("TM-FHIR-0009", "The body is not of a type that is taken here", 415, "not-supported"),
    BODY_TOO_LARGE("TM-FHIR-0010", "The body is larger than the endpoint takes", 413, "too-long"),
    UNKNOWN_INTERACTION("TM-FHIR-0011", "The endpoint has no such interaction", 404, "not-supported"),
    TOO_COSTLY("TM-FHIR-0012", "The search asks for too much at once", 400, "too-costly"),
    DELETED("TM-FHIR-0013", "The resource was deleted", 410, "deleted"),
    INVALID_REQUEST("TM-FHIR-0014", "The request can not be understood", 400, "invalid"),
    INTERNAL("TM-FHIR-0015", "The endpoint failed; the log names the place", 500, "exception"),
    UNREADABLE_BODY("TM-FHIR-0016", "The body is not a FHIR resource that can be read", 400, "structure"),
    BODY_TOO_COSTLY("TM-FHIR-0017", "The body has more elements, levels or entries than are taken", 413, "too-costly"),
    DELETE_NOT_TAKEN("TM-FHIR-0018", "What was said about a patient is not deleted", 405, "not-supported"),
    ID_NOT_GIVEN_HERE("TM-FHIR-0019", "Ids come from identifiers; a client can not choose one", 405, "not-supported"),
    PRECONDITION_FAILED("TM-FHIR-0020", "A condition of the request does not hold", 412, "conflict"),
    IDENTITY_CHANGED(
            "TM-FHIR-0021",
            "The identifier that a resource is recognised by can not be taken away",
            422,
            "business-rule"),
    REFERENCE_UNRESOLVED("TM-FHIR-0022", "A reference leads nowhere", 422, "not-found"),
    RULE_BROKEN("TM-FHIR-0023", "The resource breaks a rule of FHIR or of its canonical profile", 422, "invariant"),
    PATCH_NOT_POSSIBLE("TM-FHIR-0024", "The patch can not be applied to the resource", 422, "processing"),
    NOT_TAKEN_NOW("TM-FHIR-0025", "The endpoint can not take this now", 503, "transient"),
    OUTCOME_UNKNOWN("TM-FHIR-0026", "The commit takes longer than the endpoint waits", 503, "timeout"),
    BODY_TOO_SLOW("TM-FHIR-0027", "The body did not come in time", 408, "timeout"),
    WRITTEN_SINCE("TM-FHIR-0028", "Played again, it would take back what was written since", 409, "conflict");

    private final ErrorFacts facts;

    FhirError(String code, String summary, int httpStatus, String fhirIssue) {
        boolean later = httpStatus == 503;
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, later, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
