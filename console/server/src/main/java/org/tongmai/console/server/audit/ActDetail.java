package org.tongmai.console.server.audit;

import jakarta.servlet.http.HttpServletRequest;

/** Says of an act what its address does not: the roles an account is given, for example. */
public final class ActDetail {
    private final Acts acts;

    ActDetail(Acts acts) {
        this.acts = acts;
    }

    /**
     * Records it before the act is done, and keeps it for the record of its end.
     *
     * @param detail no secret, nobody's data
     * @throws org.tongmai.standards.error.CodedException when it is not recorded, and so the act must not be done
     */
    public void before(HttpServletRequest request, String detail) {
        Act.detail(request, detail);
        acts.before(Act.kept(request).begun(request));
    }
}
