package org.tongmai.adapters.mail;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong between the platform and a mail server. */
public enum MailError implements ErrorCode {
    UNREACHABLE("TM-MAIL-0001", "The mail server can not be reached", true, 503),
    LOGIN_REFUSED("TM-MAIL-0002", "The mail server refused the login", true, 502),
    NOT_NOW("TM-MAIL-0003", "The mail server does not take the mail now", true, 503),
    REFUSED("TM-MAIL-0004", "The mail server refused the mail", false, 502),
    BROKEN_OFF("TM-MAIL-0005", "The transfer of the mail broke off", new Wire("AE", 207, 502, "incomplete")),
    PASSWORD_IN_CLEAR("TM-MAIL-0006", "A password would go to the mail server in clear", false, 502);

    private final ErrorFacts facts;

    MailError(String code, String summary, boolean retryable, int httpStatus) {
        Wire wire = new Wire(retryable ? "AE" : "AR", 207, httpStatus, retryable ? "transient" : "processing");
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    MailError(String code, String summary, Wire wire) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, true, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
