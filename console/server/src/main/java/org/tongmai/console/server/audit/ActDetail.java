package org.tongmai.console.server.audit;

import jakarta.servlet.http.HttpServletRequest;

/** Says in the record of a request's end what its address does not: the roles an account was given, for example. */
public final class ActDetail {
    private ActDetail() {}

    /** @param detail no secret, nobody's data */
    public static void keep(HttpServletRequest request, String detail) {
        Act.detail(request, detail);
    }
}
