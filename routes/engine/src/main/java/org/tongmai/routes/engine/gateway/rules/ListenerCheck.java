package org.tongmai.routes.engine.gateway.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.rules.AccessRule.Identity;
import org.tongmai.standards.error.Issue;

/** What is wrong with listeners. */
final class ListenerCheck {
    private static final String PORT = "port";
    private static final String AUTHENTICATION = "tlsClientAuthentication";
    private static final int HIGHEST_PORT = 65_535;

    private final RuleSet rules;
    private final List<TransportKind> kinds;
    private final Consumer<Issue> found;

    ListenerCheck(RuleSet rules, List<TransportKind> kinds, Consumer<Issue> found) {
        this.rules = rules;
        this.kinds = kinds;
        this.found = found;
    }

    void all() {
        Map<String, String> ports = new HashMap<>();
        for (Listener listener : rules.listeners()) {
            String where = "listeners[" + listener.id() + "]";
            kind(where, listener);
            proof(where, listener);
            String port = listener.parameters().getOrDefault(PORT, "");
            expect(port.isEmpty() || isPort(port), where + ".parameters.port", "found: " + port);
            String other = port.isEmpty() ? null : ports.putIfAbsent(port, listener.id());
            expect(other == null, where + ".parameters.port", "found: " + port + " of " + other + " too");
            rules.services().stream()
                    .filter(service -> service.id().equals(listener.service()))
                    .findFirst()
                    .ifPresent(service -> service(where + ".service", service));
        }
    }

    private void kind(String where, Listener listener) {
        TransportKind kind = kinds.stream()
                .filter(each -> each.name().equals(listener.kind()))
                .findAny()
                .orElse(null);
        if (kind == null) {
            String expected = kinds.stream().map(TransportKind::name).sorted().collect(Collectors.joining(", "));
            expect(false, where + ".kind", "found: " + listener.kind() + " (expected: " + expected + ")");
        } else {
            new TransportCheck(kinds, found).parameters(where + ".parameters", listener.parameters(), kind);
        }
    }

    /** A port that takes everybody for one application would prove nothing; without both files no certificate is asked for. */
    private void proof(String where, Listener listener) {
        Map<String, String> given = listener.parameters();
        boolean wanted = !given.getOrDefault(AUTHENTICATION, "none").equals("none");
        boolean files = !given.getOrDefault("tlsKeyStore", "").isBlank()
                && !given.getOrDefault("tlsTrustStore", "").isBlank();
        expect(
                !wanted || files && "need".equals(given.get(AUTHENTICATION)),
                where + ".parameters." + AUTHENTICATION,
                "found: " + given.get(AUTHENTICATION)
                        + " (expected: none, or need with tlsKeyStore and tlsTrustStore)");
        expect(
                wanted || !listener.addresses().allow().isEmpty(),
                where + ".addresses.allow",
                "none (expected: where messages may come from, or " + AUTHENTICATION + " need)");
    }

    /** What a listener can not bring must not be asked for. */
    private void service(String where, Service service) {
        AccessRule access = service.access();
        expect(
                service.gateways().contains(GatewayKind.BUS)
                        && service.methods().contains("POST"),
                where,
                "found: " + service.id() + " (expected: a service of the bus with POST)");
        expect(
                access.identity() == Identity.APPLICATION && !access.signed(),
                where,
                "found: " + service.id() + ", which asks for more (expected: identity APPLICATION, signatures [])");
        expect(
                !service.path().contains("{") && !service.path().contains("*"),
                where,
                "found: " + service.path() + " (expected: a path without variables)");
        expect(
                service.content().encryption().equals(ContentRule.Encryption.NONE),
                where,
                "found: " + service.id() + ", whose contents are encrypted (expected: in clear)");
    }

    private static boolean isPort(String text) {
        return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= HIGHEST_PORT;
    }

    private void expect(boolean kept, String where, String otherwise) {
        if (!kept) {
            found.accept(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
        }
    }
}
