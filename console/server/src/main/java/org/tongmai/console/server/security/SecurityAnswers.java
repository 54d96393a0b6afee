package org.tongmai.console.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.session.SessionInformationExpiredEvent;
import org.springframework.security.web.session.SessionInformationExpiredStrategy;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.LoginDetails;
import org.tongmai.console.server.audit.RefusedBy;
import org.tongmai.console.server.problem.ProblemWriter;
import org.tongmai.console.server.problem.RequestPath;
import org.tongmai.standards.error.CodedException;

/** Answers who is not logged in or not allowed: a page is sent to the login, everything else gets a coded problem. */
final class SecurityAnswers
        implements AuthenticationEntryPoint, AccessDeniedHandler, SessionInformationExpiredStrategy {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure.getCause() instanceof CodedException coded) {
            if (coded.code() == ConsoleError.CODE_NEEDED) {
                challenge(request, response);
            }
            ProblemWriter.write(request, response, coded.code());
            return;
        }
        refuse(request, response);
    }

    @Override
    public void onExpiredSessionDetected(SessionInformationExpiredEvent event) throws IOException {
        refuse(event.getRequest(), event.getResponse());
    }

    /** Back to the login page, which asks for a one-time code where one is needed. */
    static void loginFailed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        boolean needed = failure.getCause() instanceof CodedException coded && coded.code() == ConsoleError.CODE_NEEDED;
        String code = request.getParameter(LoginDetails.FIELD);
        boolean away = failure instanceof InternalAuthenticationServiceException;
        String refused = away ? "away" : "error";
        String asked = code == null || code.isBlank() ? refused : refused + "&code";
        response.sendRedirect(request.getContextPath() + "/login?" + (needed ? "code" : asked));
    }

    /** Answers as if nobody were logged in. */
    static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isPage(request)) {
            response.sendRedirect(request.getContextPath() + "/login");
            return;
        }
        challenge(request, response);
        ProblemWriter.write(request, response, ConsoleError.NOT_AUTHENTICATED);
    }

    /**
     * RFC 9110, 15.5.2: every 401 has one. Not for a browser: it would keep the password and send it along with every later
     * request.
     */
    private static void challenge(HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader("Sec-Fetch-Site") == null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Tongmai\", charset=\"UTF-8\"");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        boolean forged = denied instanceof CsrfException;
        RefusedBy.keep(request, SecurityContextHolder.getContext().getAuthentication());
        if (forged && "/login".equals(request.getServletPath())) {
            response.sendRedirect(request.getContextPath() + "/login?error");
            return;
        }
        ProblemWriter.write(request, response, forged ? ConsoleError.FORGED_REQUEST : ConsoleError.NOT_ALLOWED);
    }

    /** Whether somebody looks at a page, as opposed to a script or a machine that asks for data. */
    static boolean isPage(HttpServletRequest request) {
        String path = RequestPath.of(request);
        boolean data = path.startsWith("/api/") || path.startsWith("/fhir") || RequestPath.isJolokia(request);
        String accept = request.getHeader("Accept");
        String destination = request.getHeader("Sec-Fetch-Dest");
        return "GET".equals(request.getMethod())
                && !data
                && accept != null
                && accept.contains("text/html")
                && (destination == null || "document".equals(destination));
    }
}
