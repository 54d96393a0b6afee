package org.tongmai.console.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Limit;
import org.tongmai.console.server.account.Sessions;
import org.tongmai.console.server.account.SignedIn;
import org.tongmai.console.server.account.Standings;
import org.tongmai.console.server.account.Standings.Standing;
import org.tongmai.console.server.audit.RefusedBy;
import org.tongmai.console.server.problem.ProblemWriter;
import org.tongmai.console.server.problem.RequestPath;

/**
 * Asks of every request whether its login still counts, and for what. While the database is away nobody can tell: what
 * changes something is refused then, what only reads goes on. Jolokia goes on too: it reads by POST, and what it changes
 * is recorded before it is done, which without the database is a refusal.
 */
final class StandingFilter extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> OWN = List.of("/api/session", "/own", "/login", "/logout");

    private static final String NOTED = StandingFilter.class.getName() + ".noted";
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Standings standings;
    private final Sessions sessions;
    private final Duration life;

    /** @param life how long a login lasts at most */
    StandingFilter(Standings standings, Sessions sessions, Duration life) {
        this.standings = standings;
        this.sessions = sessions;
        this.life = life;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !(who.getPrincipal() instanceof SignedIn login) || !isAnswered(login, request, response)) {
            chain.doFilter(request, response);
        }
    }

    /** Whether the request was answered here. */
    private boolean isAnswered(SignedIn login, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        Standing standing = standings.of(login.getUsername(), login.generation(), login.session());
        if (standing == Standing.ENDED || login.since().plus(life).isBefore(Instant.now())) {
            RefusedBy.keep(request, who);
            end(request);
            SecurityAnswers.refuse(request, response);
            return true;
        }
        if (standing == Standing.GOOD) {
            noteUse(login, request);
        }
        if (standing == Standing.UNKNOWN && changes(request)) {
            RefusedBy.keep(request, who);
            ProblemWriter.write(request, response, ConsoleError.ACCOUNTS_AWAY);
            return true;
        }
        if (login.limit() != Limit.NONE && !isOwn(request)) {
            RefusedBy.keep(request, who);
            answerLimited(login.limit(), request, response);
            return true;
        }
        return false;
    }

    /** Once a minute, not at each request: the list of sessions needs it no better. */
    private void noteUse(SignedIn login, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (login.session() == null || session == null) {
            return;
        }
        Instant now = Instant.now();
        Instant noted = session.getAttribute(NOTED) instanceof Instant last ? last : login.since();
        if (noted.plus(NOTED_EVERY).isBefore(now)) {
            session.setAttribute(NOTED, now);
            sessions.used(login.session());
        }
    }

    private static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    private static boolean changes(HttpServletRequest request) {
        return !READING.contains(request.getMethod()) && !RequestPath.isJolokia(request);
    }

    /** What a limited login may still do: the pages and addresses of the own account. */
    private static boolean isOwn(HttpServletRequest request) {
        String path = RequestPath.of(request);
        return path.equals("/login.css")
                || OWN.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }

    private static void answerLimited(Limit limit, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (SecurityAnswers.isPage(request)) {
            String page = limit == Limit.CHANGE_PASSWORD ? OwnAccountPages.PASSWORD : OwnAccountPages.SECOND_FACTOR;
            response.sendRedirect(request.getContextPath() + page);
        } else {
            ProblemWriter.write(request, response, limit.refusal());
        }
    }
}
