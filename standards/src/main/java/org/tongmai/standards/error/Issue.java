package org.tongmai.standards.error;

import java.util.Objects;

/**
 * One thing noticed about one input. Carries no patient data: {@code detail} names what was found and expected by
 * length, kind or code, and never by a name, an identifier or an address.
 *
 * @param code the error code
 * @param severity how much it weighs here; may be less than the code's own severity
 * @param location where, in the wire's own terms ({@code PID-3}, {@code PV1[2]-44}, {@code Patient.birthDate}); empty
 *     when the whole input is meant
 * @param detail what was found and what was expected
 */
public record Issue(ErrorCode code, Severity severity, String location, String detail) {
    public Issue {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        location = location == null ? "" : location;
        detail = detail == null ? "" : detail;
    }

    /** An issue that weighs what its code weighs. */
    public static Issue of(ErrorCode code, String location, String detail) {
        return new Issue(code, code.severity(), location, detail);
    }

    /** The issue as one line, for logs and journals. */
    public String text() {
        String where = location.isEmpty() ? "" : " at " + location;
        String what = detail.isEmpty() ? "" : " (" + detail + ")";
        return code.code() + " " + code.summary() + where + what;
    }
}
