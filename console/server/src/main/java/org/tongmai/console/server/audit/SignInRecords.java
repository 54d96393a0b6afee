package org.tongmai.console.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.tongmai.console.server.account.SignIns;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;

/** Records logins, failed logins, locks and logouts. A logout is never refused: an open session would be worse. */
final class SignInRecords implements SignIns, LogoutHandler {
    private final Acts acts;
    private final FloodRecords floods;

    SignInRecords(Acts acts, FloodRecords floods) {
        this.acts = acts;
        this.floods = floods;
    }

    @Override
    public void signedIn(String account, Object from) {
        acts.before(record("login", new Actor(account, address(from)), "done"));
    }

    @Override
    public void codeNeeded(String account, Object from) {
        acts.after(record("login.code", new Actor(account, address(from)), "refused"));
    }

    @Override
    public void refused(String account, Object from) {
        acts.after(record("login.failed", new Actor(account, address(from)), "refused"));
    }

    @Override
    public void tooMany(Object from) {
        floods.count(address(from));
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
            Act.leaveOut(request.getRequest()); // a change that came with it was not looked at either
        }
    }

    @Override
    public void locked(String account) {
        String address = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getRequest().getRemoteAddr()
                : "";
        acts.after(record("account.lock", new Actor(account, address), "done"));
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, Authentication who) {
        if (who != null) {
            acts.after(record("logout", new Actor(who.getName(), request.getRemoteAddr()), "done"));
        }
    }

    private static String address(Object from) {
        return from instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
    }

    private static AuditRecord record(String act, Actor actor, String outcome) {
        return new AuditRecord(Instant.now(), actor, act, "console", outcome, "", Figures.NONE);
    }
}
