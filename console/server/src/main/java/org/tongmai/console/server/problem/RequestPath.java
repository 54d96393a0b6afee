package org.tongmai.console.server.problem;

import jakarta.servlet.http.HttpServletRequest;

/** The address of a request below the context as it is judged and answered: taken apart, {@code %61} read as {@code a}. */
public final class RequestPath {
    private RequestPath() {}

    public static String of(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    /** Whether it goes to Jolokia, which has judges and records of its own. */
    public static boolean isJolokia(HttpServletRequest request) {
        String path = of(request);
        return path.startsWith("/actuator/") && path.contains("/jolokia");
    }
}
