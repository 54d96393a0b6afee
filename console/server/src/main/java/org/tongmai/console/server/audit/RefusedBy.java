package org.tongmai.console.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Keeps who was refused: the login is no longer there when the refusal is recorded. */
public final class RefusedBy {
    private RefusedBy() {}

    public static void keep(HttpServletRequest request, Authentication who) {
        if (who != null && !(who instanceof AnonymousAuthenticationToken)) {
            Act.refused(request, who.getName());
        }
    }
}
