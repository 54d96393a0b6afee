package org.tongmai.routes.engine.gateway.domains;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.request.CallParameters.Parameter;
import org.tongmai.routes.engine.gateway.request.Names;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.DomainRule;
import org.tongmai.routes.engine.gateway.rules.DomainRule.Credentials;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Holds calls and answers to the safe domains: pages of listed origins only (CORS, Fetch standard 3.2), and no way to another
 * host than a listed one. A call without an origin comes from no page of another site and is not judged by it.
 */
public final class SafeDomains {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final int MOST_FIELDS = 50;
    private static final byte[] NOTHING = {};

    private final DomainRule rule;
    private final SafeTargets targets;
    private final Set<String> leading;

    public SafeDomains(DomainRule rule) {
        this.rule = rule;
        this.targets = new SafeTargets(rule.redirects());
        this.leading = rule.redirectParameters().stream()
                .flatMap(each -> Names.plainParameter(each).stream())
                .collect(Collectors.toSet());
    }

    /** Whether a call is a browser's question what a page may do (preflight). */
    public static boolean isPreflight(HttpCall call) {
        return "OPTIONS".equals(call.method())
                && call.fields().first("origin").isPresent()
                && call.fields().first("access-control-request-method").isPresent();
    }

    /** @throws Refused {@link GatewayError#ORIGIN_NOT_SAFE} */
    public void requireSafeOrigin(HttpCall call) {
        List<String> origins = call.fields().all("origin");
        if (!origins.isEmpty() && !isSafeOrigin(origins)) {
            throw new Refused(GatewayError.ORIGIN_NOT_SAFE, "origin", "");
        }
    }

    /** @throws Refused {@link GatewayError#TARGET_NOT_SAFE}, {@link GatewayError#IDENTIFIER_UNREADABLE} */
    public void requireSafeTargets(ReadCall call) {
        if (leading.isEmpty()) {
            return;
        }
        CallParameters parameters = call.parameters();
        long judged = 0;
        for (Parameter each : parameters.all()) {
            boolean leads = !Collections.disjoint(leading, Names.plainParameter(each.name()));
            if (leads && !isSafeTarget(each.value())) {
                throw new Refused(
                        GatewayError.TARGET_NOT_SAFE, each.source().name().toLowerCase(Locale.ROOT), "");
            }
            judged += leads ? 1 : 0;
        }
        if (parameters.alike(leading) != judged) {
            throw new Refused(GatewayError.TARGET_NOT_SAFE, "", "found: one behind a semicolon");
        }
    }

    /** What is still percent-encoded may be decoded once more behind. */
    private boolean isSafeTarget(String value) {
        return !PERCENT.matcher(value).find() && targets.isSafe(value);
    }

    private boolean isSafeOrigin(List<String> origins) {
        return origins.size() == 1 && rule.origins().contains(origins.get(0));
    }

    /**
     * The answer to a preflight, before it is {@link #marked}.
     *
     * @param methods the methods that are published there
     * @throws Refused {@link GatewayError#ORIGIN_NOT_SAFE}, {@link GatewayError#METHOD_NOT_OFFERED}
     */
    public HttpAnswer preflight(HttpCall call, Collection<String> methods) {
        if (!isSafeOrigin(call.fields().all("origin"))) {
            throw new Refused(GatewayError.ORIGIN_NOT_SAFE, "origin", "");
        }
        List<String> wanted = call.fields().all("access-control-request-method");
        if (wanted.size() != 1 || !methods.contains(wanted.get(0))) {
            throw new Refused(GatewayError.METHOD_NOT_OFFERED, "access-control-request-method", "");
        }
        Set<String> fields = new TreeSet<>();
        for (String name : String.join(",", call.fields().all("access-control-request-headers"))
                .split(",")) {
            String plain = name.strip().toLowerCase(Locale.ROOT);
            if (FIELD_NAME.matcher(plain).matches() && fields.size() < MOST_FIELDS) {
                fields.add(plain);
            }
        }
        HttpFields.Builder answer = new HttpFields.Builder()
                .add("access-control-allow-methods", String.join(", ", new TreeSet<>(methods)))
                .add("access-control-max-age", Long.toString(rule.preflight().toSeconds()));
        if (!fields.isEmpty()) {
            answer.add("access-control-allow-headers", String.join(", ", fields));
        }
        return new HttpAnswer(204, answer.build(), NOTHING);
    }

    /** The answer with what a browser must be told, and without what only the gateway may tell it. */
    public HttpAnswer marked(HttpCall call, HttpAnswer answer) {
        List<String> origins = call.fields().all("origin");
        boolean preflight = isPreflight(call);
        HttpFields.Builder fields = new HttpFields.Builder();
        answer.fields().forEach((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!plain.startsWith("access-control-") || preflight) {
                fields.add(name, value);
            }
        });
        if (!rule.origins().isEmpty()) {
            fields.add("vary", "Origin");
        }
        if (isSafeOrigin(origins)) {
            fields.add("access-control-allow-origin", origins.get(0));
            if (rule.credentials() == Credentials.INCLUDE) {
                fields.add("access-control-allow-credentials", "true");
            }
            if (!rule.exposed().isEmpty() && !preflight) {
                fields.add("access-control-expose-headers", String.join(", ", rule.exposed()));
            }
        }
        return answer.with(fields.build());
    }

    /**
     * The answer as it may go out.
     *
     * @throws Refused {@link GatewayError#REDIRECT_NOT_SAFE}
     */
    public HttpAnswer led(HttpAnswer answer) {
        List<String> locations = answer.fields().all("location");
        boolean safe = locations.size() <= 1 && locations.stream().allMatch(targets::isSafe);
        boolean refreshed = answer.fields().first("refresh").isPresent();
        if (!safe || refreshed) {
            throw new Refused(GatewayError.REDIRECT_NOT_SAFE, refreshed ? "refresh" : "location", "");
        }
        return answer;
    }
}
