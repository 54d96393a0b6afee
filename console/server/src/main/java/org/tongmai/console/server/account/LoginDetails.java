package org.tongmai.console.server.account;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Where a login comes from, by which door, and the one-time code it brings. */
public final class LoginDetails extends WebAuthenticationDetails {
    /** What HTTP basic brings the one-time code in. */
    public static final String HEADER = "X-Tongmai-One-Time-Code";
    /** The login form's field of it. */
    public static final String FIELD = "code";

    private static final long serialVersionUID = 1L;

    private final Door door;
    private final transient String code;

    private LoginDetails(HttpServletRequest request, Door door, String code) {
        super(request);
        this.door = door;
        this.code = code;
    }

    public static LoginDetails ofForm(HttpServletRequest request) {
        return new LoginDetails(request, Door.FORM, request.getParameter(FIELD));
    }

    public static LoginDetails ofBasic(HttpServletRequest request) {
        return new LoginDetails(request, Door.BASIC, request.getHeader(HEADER));
    }

    /** Where and what session it is, without the code; to be kept. */
    public WebAuthenticationDetails withoutCode() {
        return new WebAuthenticationDetails(getRemoteAddress(), getSessionId());
    }

    public Door door() {
        return door;
    }

    /** Null when there is none. */
    public String code() {
        return code;
    }

    /** The two ways in. */
    public enum Door {
        /** The login page; each login is judged anew. */
        FORM,
        /** HTTP basic; a verified login is remembered for a while. */
        BASIC
    }
}
