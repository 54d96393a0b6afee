package org.tongmai.adapters.district;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What a district platform answers, and what its twin can fail with. */
public enum DistrictError implements ErrorCode {
    NOT_A_TABLE("TM-DISTRICT-0001", "The file is not a table with the expected columns", false, 400),
    ROW_INCOMPLETE("TM-DISTRICT-0002", "A row lacks a required value", false, 400),
    BAD_FAULT("TM-DISTRICT-0003", "The fault file can not be understood", false, 400),
    CAN_NOT_START("TM-DISTRICT-0004", "The district twin can not start", true, 503);

    private final ErrorFacts facts;

    DistrictError(String code, String summary, boolean retryable, int httpStatus) {
        Wire wire =
                retryable ? new Wire("AE", 207, httpStatus, "transient") : new Wire("AR", 207, httpStatus, "invalid");
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
