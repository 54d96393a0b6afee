package org.tongmai.routes.engine.gateway.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.rules.AccessRule.Identity;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AddressBlock;

/** Says everything at once for which rules can not be run. What may not be published besides, {@link PublicationCheck} says. */
public final class RuleCheck {
    private static final Form ID = new Form(Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"), "at most 63 of a-z 0-9 -");
    /** As {@code tongmai.node-name} takes them. */
    private static final Form NODE = new Form(Pattern.compile("[A-Za-z0-9.-]{1,64}"), "at most 64 of A-Z a-z 0-9 . -");

    private static final Pattern METHOD = Pattern.compile("[A-Z]{3,10}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~$@:!-]+|\\{[a-zA-Z][a-zA-Z0-9-]*\\}");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^/]*\\}");
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration WIDEST_WINDOW = Duration.ofMinutes(15);

    /** What ids look like. */
    private record Form(Pattern pattern, String text) {}

    private final RuleSet rules;
    private final TransportCheck transports;
    private final BindingCheck bindings;
    private final ListenerCheck listeners;
    private final List<Issue> found = new ArrayList<>();

    private RuleCheck(RuleSet rules, List<TransportKind> kinds, List<TransportKind> listeners) {
        this.rules = rules;
        this.transports = new TransportCheck(kinds, found::add);
        this.bindings = new BindingCheck(found::add);
        this.listeners = new ListenerCheck(rules, listeners, found::add);
    }

    /**
     * @param kinds transports there are
     * @param listeners kinds of listeners there are
     * @return one issue a violation; empty when the rules can be run
     */
    public static List<Issue> violations(RuleSet rules, List<TransportKind> kinds, List<TransportKind> listeners) {
        RuleCheck check = new RuleCheck(rules, kinds, listeners);
        check.all();
        check.found.addAll(ContentCheck.violations(rules));
        return check.found;
    }

    private void all() {
        Set<String> services = unique("services", rules.services(), Service::id);
        Set<String> groups = unique("groups", rules.groups(), RuleSet.ServiceGroup::id);
        Set<String> callers = unique("callers", rules.callers(), RuleSet.CallerRule::id);
        Set<String> applications = unique("applications", rules.applications(), Application::id);
        Set<String> systems = unique("systems", rules.systems(), RuleSet.SystemRule::id);
        rules.services().stream()
                .filter(service -> !service.system().isEmpty())
                .forEach(service -> known("services[" + service.id() + "].system", List.of(service.system()), systems));
        unique("identityProviders", rules.identityProviders(), IdentityProvider::id);
        unique("serviceDomains", rules.serviceDomains(), RuleSet.ServiceDomain::id);
        unique("nodes", rules.nodes().stream().map(RuleSet.NodeRule::id).toList(), NODE);
        rules.groups().forEach(group -> known("groups[" + group.id() + "].services", group.services(), services));
        rules.services().forEach(this::service);
        places();
        new UserRuleCheck(rules, found::add).all();
        unique("listeners", rules.listeners(), Listener::id);
        rules.listeners().forEach(listener -> {
            String where = "listeners[" + listener.id() + "]";
            known(where + ".application", List.of(listener.application()), applications);
            known(where + ".service", List.of(listener.service()), services);
            addresses(where + ".addresses", listener.addresses());
        });
        listeners.all();
        rules.callers().forEach(caller -> rate("callers[" + caller.id() + "].rate", caller.rate()));
        rules.addresses().forEach((gateway, blocks) -> addresses("addresses." + gateway, blocks));
        rules.applications().forEach(application -> {
            String where = "applications[" + application.id() + "]";
            known(where + ".caller", List.of(application.caller()), callers);
            known(where + ".services", application.services(), services);
            known(where + ".groups", application.groups(), groups);
            rate(where + ".rate", application.rate());
            addresses(where + ".addresses", application.addresses());
        });
    }

    private void service(Service service) {
        String where = "services[" + service.id() + "]";
        expect(!service.gateways().isEmpty(), where + ".gateways", "none (expected: BUS, OPEN, USER)");
        expect(!service.methods().isEmpty(), where + ".methods", "none (expected: HTTP methods)");
        service.methods()
                .forEach(method -> expect(
                        METHOD.matcher(method).matches() && !"CONNECT".equals(method) && !"TRACE".equals(method),
                        where + ".methods",
                        "found: " + method));
        expect(isPath(service.path()), where + ".path", "found: " + service.path() + " (expected: /segment/{name}/**)");
        String strip = service.transport().strip();
        expect(
                strip.isEmpty()
                        || strip.startsWith("/")
                                && !strip.contains("*")
                                && (service.path() + "/").startsWith(strip + "/"),
                where + ".transport.strip",
                "found: " + strip + " (expected: the first segments of " + service.path() + ")");
        transports.service(where, service);
        bindings.service(where, service);
        access(where + ".access", service);
        expect(
                service.content().maxBody() > 0,
                where + ".content.maxBody",
                "found: " + service.content().maxBody() + " (expected: 1 or more)");
        traffic(where + ".traffic", service.traffic());
        new CacheCheck(found::add).service(where, service);
    }

    /** Two services in one place would be told apart by their order. */
    private void places() {
        Map<String, String> taken = new HashMap<>();
        for (Service service : rules.services()) {
            String shape = VARIABLE.matcher(service.path()).replaceAll("{}");
            for (GatewayKind gateway : service.gateways()) {
                for (String method : service.methods()) {
                    String place = gateway + " " + method + " " + shape;
                    String other = taken.putIfAbsent(place, service.id());
                    expect(
                            other == null || other.equals(service.id()),
                            "services[" + service.id() + "].path",
                            "found: " + place + " of " + other + " too");
                }
            }
        }
    }

    /** Whether it is one that a service can be published under. */
    public static boolean isPath(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean rest = "**".equals(segments[i]) && i == segments.length - 1;
            boolean plain =
                    SEGMENT.matcher(segments[i]).matches() && !segments[i].equals(".") && !segments[i].equals("..");
            if (!rest && !plain) {
                return false;
            }
        }
        return true;
    }

    /** One that every library reads alike: of a name it does not understand, one may take another host. */
    static boolean isAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void access(String where, Service service) {
        AccessRule access = service.access();
        boolean onlyBus = service.gateways().equals(Set.of(GatewayKind.BUS));
        expect(
                access.identity() != Identity.NONE || onlyBus,
                where + ".identity",
                "none (expected: an identity; only the bus alone may do without)");
        expect(
                access.identity() != Identity.APPLICATION
                        || !access.signatures().isEmpty()
                        || onlyBus,
                where + ".signatures",
                "none (expected: a signature profile; only the bus alone may do without)");
        expect(
                !access.window().isNegative()
                        && !access.window().isZero()
                        && access.window().compareTo(WIDEST_WINDOW) <= 0,
                where + ".window",
                "found: " + access.window() + " (expected: at most " + WIDEST_WINDOW + ")");
        addresses(where + ".addresses", access.addresses());
        if (access.user() != null) {
            rate(where + ".user.rate", access.user().rate());
        }
        expect(
                service.log().record() == LogRule.Record.BEFORE_ANSWER || onlyBus,
                where.replace(".access", ".log.record"),
                "found: AFTER_ANSWER (expected: BEFORE_ANSWER; only the bus alone may answer first)");
    }

    private void traffic(String where, TrafficRule traffic) {
        expect(
                !traffic.timeout().isNegative()
                        && !traffic.timeout().isZero()
                        && traffic.timeout().compareTo(LONGEST) <= 0,
                where + ".timeout",
                "found: " + traffic.timeout() + " (expected: at most " + LONGEST + ")");
        expect(
                traffic.timeoutRetries() >= 0 && traffic.timeoutRetries() <= 3,
                where + ".timeoutRetries",
                "found: " + traffic.timeoutRetries() + " (expected: 0 to 3)");
        expect(
                traffic.errorRetries() >= 0 && traffic.errorRetries() <= 2,
                where + ".errorRetries",
                "found: " + traffic.errorRetries() + " (expected: 0 to 2)");
        traffic.errorStatuses()
                .forEach(status -> expect(
                        status >= 500 && status <= 599,
                        where + ".errorStatuses",
                        "found: " + status + " (expected: 500 to 599)"));
        rate(where + ".rate", traffic.rate());
        rate(where + ".addressRate", traffic.addressRate());
        TrafficRule.Breaker breaker = traffic.breaker();
        expect(breaker.concurrency() > 0, where + ".breaker.concurrency", "found: " + breaker.concurrency());
        expect(
                breaker.errorPercent() > 0 && breaker.errorPercent() <= 100,
                where + ".breaker.errorPercent",
                "found: " + breaker.errorPercent() + " (expected: 1 to 100)");
        expect(
                CacheCheck.isPositive(breaker.open()) && CacheCheck.isPositive(breaker.window()),
                where + ".breaker",
                "found: open " + breaker.open() + ", window " + breaker.window());
        expect(breaker.probes() > 0 && breaker.minimumCalls() > 0, where + ".breaker", "found: none or negative");
    }

    private void rate(String where, Rate rate) {
        expect(
                rate.calls() >= 0 && !rate.per().isNegative() && !rate.per().isZero(),
                where,
                "found: " + rate.calls() + " per " + rate.per());
    }

    private void addresses(String where, AddressRule addresses) {
        addresses.allow().forEach(block -> expect(AddressBlock.isOne(block), where + ".allow", "found: " + block));
        addresses.deny().forEach(block -> expect(AddressBlock.isOne(block), where + ".deny", "found: " + block));
    }

    private <T> Set<String> unique(String where, List<T> things, Function<T, String> id) {
        return unique(where, things.stream().map(id).toList(), ID);
    }

    private Set<String> unique(String where, List<String> ids, Form form) {
        Set<String> once = new HashSet<>();
        for (String id : ids) {
            String at = where + "[" + id + "]";
            expect(form.pattern().matcher(id).matches(), at, "found: another id (expected: " + form.text() + ")");
            expect(once.add(id), at, "found: twice (expected: once)");
        }
        return once;
    }

    private void known(String where, List<String> names, Set<String> all) {
        names.forEach(name -> expect(all.contains(name), where, "found: " + name + ", which is not there"));
    }

    private void expect(boolean kept, String where, String otherwise) {
        if (!kept) {
            found.add(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
        }
    }
}
