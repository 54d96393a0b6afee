package org.tongmai.adapters.files;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/**
 * What can go wrong when a file is put on a server. A server that can not be reached, refuses the login or has no room
 * is never the file's fault: those are retryable, so that a destination waits and nothing is parked for it.
 */
public enum FilesError implements ErrorCode {
    UNREACHABLE("TM-FILES-0001", "The file server can not be reached", true, 503),
    LOGIN_REFUSED("TM-FILES-0002", "The file server refused the login", true, 502),
    HOST_KEY_NOT_TRUSTED("TM-FILES-0003", "The file server's key is unknown or has changed", true, 502),
    WRITE_REFUSED("TM-FILES-0004", "The file server refused to take the file", true, 502),
    NO_ROOM("TM-FILES-0005", "The file server has no room for the file", true, 507),
    BROKEN_OFF("TM-FILES-0006", "The transfer of the file broke off", true, 502),
    BAD_FILE_NAME("TM-FILES-0007", "The file name is missing or is not a plain name", false, 400),
    BAD_CONTENT("TM-FILES-0008", "The content of the file is not bytes or text", false, 400),
    PASSWORD_IN_CLEAR("TM-FILES-0009", "A password would go to the file server in clear", false, 502),
    NOT_ENCRYPTED("TM-FILES-0010", "The file server does not encrypt", true, 502),
    SILENCE_NOT_ALLOWED("TM-FILES-0011", "The file server may be silent for no time at all", false, 502);

    private final ErrorFacts facts;

    FilesError(String code, String summary, boolean retryable, int httpStatus) {
        Wire wire =
                retryable ? new Wire("AE", 207, httpStatus, "transient") : new Wire("AR", 207, httpStatus, "invalid");
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
