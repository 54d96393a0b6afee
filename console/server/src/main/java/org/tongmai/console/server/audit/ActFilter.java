package org.tongmai.console.server.audit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.tongmai.console.server.problem.RequestPath;

/**
 * Records how a request ended, also one that was refused before anybody looked at it. Stands before everything else, so that it
 * sees every answer.
 */
final class ActFilter extends OncePerRequestFilter {
    private final Acts acts;

    ActFilter(Acts acts) {
        this.acts = acts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Act.began(request);
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            Act act = Act.kept(request);
            if (act == null && isChange(request) && !Act.isLeftOut(request)) {
                act = Act.of(request, AuditedAddresses.unknown(), section(RequestPath.of(request)));
            }
            if (act != null) {
                acts.after(act.ended(request, status));
            }
        }
    }

    /** What goes through Jolokia is recorded operation by operation. */
    private static boolean isChange(HttpServletRequest request) {
        String address = RequestPath.of(request);
        boolean governs = address.startsWith("/api/")
                || address.startsWith("/own/")
                || address.startsWith("/actuator/") && !RequestPath.isJolokia(request);
        return governs && AuditedAddresses.changes(request.getMethod());
    }

    /** The first two words of the address; what follows may name a patient. */
    private static String section(String address) {
        String[] words = address.split("/", 4);
        boolean plain = words.length > 2 && words[2].matches("[a-z-]{1,32}");
        return "/" + words[1] + "/" + (plain ? words[2] : "…") + (words.length > 3 ? "/…" : "");
    }
}
