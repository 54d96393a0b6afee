package org.tongmai.console.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;

/**
 * A request that is recorded, before and after it is done.
 *
 * @param act its name in the table of acts
 * @param object method and address, with those variables written out that may be
 * @param actor who asks
 * @param trace joins the two records
 */
record Act(String act, String object, Actor actor, String trace) {
    private static final String ATTRIBUTE = Act.class.getName();
    private static final String WHO = ATTRIBUTE + ".who";
    private static final String BEGAN = ATTRIBUTE + ".began";
    private static final String DETAIL = ATTRIBUTE + ".detail";
    private static final String LEFT_OUT = ATTRIBUTE + ".leftOut";
    /** W3C Trace Context, 3.2: version, trace id, parent id, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    /** Ids of whatever there is; a password that somebody puts into the address is seldom like one. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9._@-]{0,128}|[A-Za-z0-9.-]{1,16}");

    static Act of(HttpServletRequest request, AuditedAddresses.Row row, String object) {
        Object who = request.getAttribute(WHO);
        String name = who == null ? request.getRemoteUser() : who.toString();
        return new Act(
                row.act(),
                request.getMethod() + " " + object,
                new Actor(name, request.getRemoteAddr()),
                trace(request));
    }

    private static String trace(HttpServletRequest request) {
        String parent = request.getHeader("traceparent");
        Matcher matcher = TRACE_PARENT.matcher(parent == null ? "" : parent);
        return matcher.matches()
                ? matcher.group(1)
                : UUID.randomUUID().toString().replace("-", "");
    }

    /** The address with those variables written out that may be, as far as they are names and no passwords. */
    static String written(String template, Map<String, String> variables, AuditedAddresses.Row row) {
        String address = template;
        for (String shown : row.shown()) {
            String value = variables.getOrDefault(shown, "");
            address = address.replace("{" + shown + "}", NAME.matcher(value).matches() ? value : "…");
        }
        return address;
    }

    /** Keeps who was refused for the record of it: the login is no longer there when that is written. */
    static void refused(HttpServletRequest request, String who) {
        request.setAttribute(WHO, who);
    }

    /** Adds to what the act is done to, when that is known. */
    static void detail(HttpServletRequest request, String detail) {
        request.setAttribute(DETAIL, detail);
    }

    static void began(HttpServletRequest request) {
        request.setAttribute(BEGAN, System.nanoTime());
    }

    void keep(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static Act kept(HttpServletRequest request) {
        return (Act) request.getAttribute(ATTRIBUTE);
    }

    static void leaveOut(HttpServletRequest request) {
        request.setAttribute(LEFT_OUT, true);
    }

    static boolean isLeftOut(HttpServletRequest request) {
        return request.getAttribute(LEFT_OUT) != null;
    }

    AuditRecord begun(HttpServletRequest request) {
        return new AuditRecord(Instant.now(), actor, act, what(request), AuditRecord.BEGUN, trace, Figures.NONE);
    }

    private String what(HttpServletRequest request) {
        Object detail = request.getAttribute(DETAIL);
        return detail == null ? object : object + " " + detail;
    }

    AuditRecord ended(HttpServletRequest request, int status) {
        Object began = request.getAttribute(BEGAN);
        long micros = began instanceof Long nanos ? TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - nanos) : 0;
        return new AuditRecord(
                Instant.now(), actor, act, what(request), Integer.toString(status), trace, Figures.lasting(micros));
    }
}
