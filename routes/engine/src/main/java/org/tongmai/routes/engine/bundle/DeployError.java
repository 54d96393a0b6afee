package org.tongmai.routes.engine.bundle;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** Why a decision about a deployed bundle is not made, or a message finds no version. */
public enum DeployError implements ErrorCode {
    DECISION_NOT_POSSIBLE("TM-DEPLOY-0001", "This can not be decided in the state the bundle is in", 409, "conflict"),
    GENERATION_CHANGED("TM-DEPLOY-0002", "Somebody else decided about the bundle in between", 409, "conflict"),
    VERSION_TAKEN("TM-DEPLOY-0003", "This version was taken in with other files", 409, "conflict"),
    NOTHING_BEFORE("TM-DEPLOY-0004", "No other release ran before this one", 409, "conflict"),
    CANARY_DIFFERS("TM-DEPLOY-0005", "A canary's sources differ from those of the version that runs", 422, "invalid"),
    DATABASE_AWAY("TM-DEPLOY-0006", "The database did not take or answer what is desired", 503, "transient"),
    NO_VERSION("TM-DEPLOY-0007", "No version of the bundle takes the message yet", 503, "transient"),
    TENANT_UNKNOWN("TM-DEPLOY-0008", "There is no tenant of this name", 404, "not-found"),
    TENANT_INVALID("TM-DEPLOY-0009", "What is said of a tenant is not valid", 422, "invalid"),
    TENANT_LIMIT("TM-DEPLOY-0010", "The tenant has reached its limit of messages a second", 503, "transient");

    private final ErrorFacts facts;

    DeployError(String code, String summary, int httpStatus, String fhirIssue) {
        boolean retryable = fhirIssue.equals("transient");
        this.facts =
                new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, httpStatus, fhirIssue));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
