package org.tongmai.routes.engine.gateway.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.rules.AccessRule.Identity;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AddressBlock;

/** What is wrong with listeners. */
final class ListenerCheck {
    private static final String PORT = "port";
    private static final String AUTHENTICATION = "tlsClientAuthentication";
    private static final int HIGHEST_PORT = 65_535;
    /** A block that is wider says of nobody where it is. */
    private static final int FEWEST_BITS = 8;

    private static final Set<String> TIMES = Set.of("idleTimeout", "readTimeout");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,9}|([0-9]{1,6}(ms|[smhd]))+");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9a-fA-F:.]{2,45}]");

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
            parameters(where + ".parameters.", listener.parameters());
            proof(where, listener);
            byHttp(where, listener);
            String port = listener.parameters().getOrDefault(PORT, "");
            expect(port.isEmpty() || isPort(port), where + ".parameters.port", "found: " + port);
            String other = port.isEmpty() ? null : ports.putIfAbsent(port, listener.id());
            expect(other == null, where + ".parameters.port", "found: " + port + " of " + other + " too");
            service(listener).ifPresent(service -> {
                service(where + ".service", service);
                transport(where + ".service", service);
            });
        }
    }

    private Optional<Service> service(Listener listener) {
        return rules.services().stream()
                .filter(service -> service.id().equals(listener.service()))
                .findFirst();
    }

    private void parameters(String where, Map<String, String> given) {
        given.forEach((name, value) -> {
            boolean kept = TIMES.contains(name)
                    ? TIME.matcher(value).matches()
                    : !name.equals("host") || HOST.matcher(value).matches();
            expect(kept, where + name, "found: " + value + " (expected: as the template says)");
        });
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
        listener.addresses().allow().stream()
                .filter(block -> !isNarrow(block))
                .forEach(block -> expect(
                        false,
                        where + ".addresses.allow",
                        "found: " + block + " (expected: /" + FEWEST_BITS + " or more)"));
    }

    /** Its service asks for no signature, so by HTTP whoever writes the application's name would be taken for it. */
    private void byHttp(String where, Listener listener) {
        AddressRule service =
                service(listener).map(each -> each.access().addresses()).orElse(AddressRule.ANY);
        AddressRule application = rules.applications().stream()
                .filter(each -> each.id().equals(listener.application()))
                .map(Application::addresses)
                .findFirst()
                .orElse(AddressRule.ANY);
        expect(
                isBounded(service) || isBounded(application),
                where + ".service",
                "found: " + listener.service() + ", which anybody may call by HTTP in the name of "
                        + listener.application()
                        + " (expected: addresses.allow of the service's access or of the application)");
    }

    private static boolean isBounded(AddressRule addresses) {
        return !addresses.allow().isEmpty() && addresses.allow().stream().allMatch(ListenerCheck::isNarrow);
    }

    /** What is no block is told elsewhere. */
    private static boolean isNarrow(String block) {
        return !AddressBlock.isOne(block) || AddressBlock.parse(block).bits() >= FEWEST_BITS;
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

    /** An acknowledgement says that the message was taken: it must not be said of what may have been dropped, and is short. */
    private void transport(String where, Service service) {
        Transport transport = service.transport();
        expect(
                !transport.kind().equals("jms")
                        || transport
                                .parameters()
                                .getOrDefault("addressKind", "queue")
                                .equals("queue"),
                where,
                "found: " + service.id() + ", a topic, which drops what nobody subscribes to (expected: a queue)");
        expect(
                !LargeContentCheck.answersLarge(service),
                where,
                "found: " + service.id()
                        + ", whose answers may lie in files (expected: no largeBody of its transport)");
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
