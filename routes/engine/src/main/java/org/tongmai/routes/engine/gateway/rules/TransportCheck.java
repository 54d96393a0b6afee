package org.tongmai.routes.engine.gateway.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;

/** What is wrong with how services are to be carried. */
final class TransportCheck {
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token|key$");
    /** Of no endpoint, or there in RAW(…): anywhere else what stands behind it is a setting of its own. */
    private static final Set<String> MAY_HOLD_AMPERSANDS = Set.of("subject", "namespace", "action");

    private static final String KEY_STORE = "tlsKeyStore";
    private static final String ACCOUNT = "account";
    private static final Pattern SHOWN = Pattern.compile("-?[0-9]{1,10}(ms|[smhd])?");
    private static final int HEAVIEST = 1_000;

    private final List<TransportKind> kinds;
    private final Consumer<Issue> found;

    TransportCheck(List<TransportKind> kinds, Consumer<Issue> found) {
        this.kinds = kinds;
        this.found = found;
    }

    void service(String at, Service service) {
        String where = at + ".transport";
        Transport transport = service.transport();
        TransportKind kind = kinds.stream()
                .filter(each -> each.name().equals(transport.kind()))
                .findAny()
                .orElse(null);
        if (kind == null) {
            String expected = kinds.stream().map(TransportKind::name).sorted().collect(Collectors.joining(", "));
            say(where + ".kind", "found: " + transport.kind() + " (expected: " + expected + ")");
        } else {
            texts(where + ".parameters", transport.parameters(), kind);
            ownKey(where + ".parameters", transport.parameters(), kind);
            if (!kind.hasTargets()) {
                noTargets(at, service);
            } else if (transport.targets().isEmpty()) {
                say(where + ".targets", "none (expected: at least one for " + kind.name() + ")");
            }
        }
        targets(where, transport);
    }

    static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    static String secret(String name) {
        return "found: " + name + " (expected: nothing secret; rules are read by many)";
    }

    /** A key that can not be opened is shown to nobody, and its password alone is of no use. */
    private void ownKey(String where, Map<String, String> parameters, TransportKind kind) {
        boolean key = !parameters.getOrDefault(KEY_STORE, "").isBlank();
        boolean account = !parameters.getOrDefault(ACCOUNT, "").isBlank();
        if (kind.takes(KEY_STORE) && kind.takes(ACCOUNT) && key != account) {
            say(where, "found: " + (key ? KEY_STORE : ACCOUNT) + " (expected: tlsKeyStore and account, or neither)");
        }
    }

    /** What is to be a number or a time and is none, or another than can be meant: asked of who publishes alone. */
    void amounts(String at, Service service) {
        Transport transport = service.transport();
        kinds.stream()
                .filter(each -> each.name().equals(transport.kind()))
                .forEach(kind -> transport.parameters().forEach((name, value) -> {
                    expected(at + ".transport.parameters", kind.expectedAmount(name, value), name, value);
                }));
    }

    /** Of a listener, whose times {@link ListenerCheck} knows. */
    void parameters(String where, Map<String, String> parameters, TransportKind kind) {
        texts(where, parameters, kind);
        parameters.forEach((name, value) -> expected(where, kind.expectedNumber(name, value), name, value));
    }

    private void expected(String where, Optional<String> expected, String name, String value) {
        expected.ifPresent(text -> say(where, "found: " + name + shown(value) + " (expected: " + text + ")"));
    }

    private void texts(String where, Map<String, String> parameters, TransportKind kind) {
        parameters.forEach((name, value) -> {
            if (isSecret(name)) {
                say(where, secret(name));
            } else if (!kind.takes(name)) {
                say(where, "found: " + name + ", which " + kind.name() + " does not take");
            } else if (!isText(value) || value.contains("&") && !MAY_HOLD_AMPERSANDS.contains(name)) {
                say(where, "found: " + name + " (expected: a plain text)");
            } else {
                expected(where, kind.expectedFlag(name, value), name, value);
            }
        });
        for (String name : kind.requiredOfRules()) {
            if (parameters.getOrDefault(name, "").isBlank()) {
                say(where, "none (expected: " + name + ")");
            }
        }
    }

    /** Numbers and times only: what else stands there may be meant for another place. */
    private static String shown(String value) {
        return SHOWN.matcher(value).matches() ? " " + value : "";
    }

    /** What stands so, Camel takes for another setting, a name of Java, an expression, or as it stands. */
    private static boolean isText(String value) {
        return !value.contains("{{")
                && !value.contains("${")
                && !value.contains(")&")
                && !value.startsWith("#")
                && !value.startsWith("RAW");
    }

    private void noTargets(String at, Service service) {
        Transport transport = service.transport();
        boolean none = transport.targets().isEmpty() && transport.grey().isEmpty() && transport.health() == null;
        if (!none) {
            say(at + ".transport", "found: targets, grey or health (expected: none for " + transport.kind() + ")");
        }
        if (service.traffic().copy() != null) {
            // There is no other place for it to go to: the same one would get every copied call twice.
            say(at + ".traffic.copy", "found: a copy (expected: none for " + transport.kind() + ")");
        }
    }

    private void targets(String where, Transport transport) {
        for (Transport.Target target : transport.targets()) {
            if (!RuleCheck.isAddress(target.url())) {
                say(where + ".targets", "found: " + target.url() + " (expected: http:// or https:// and no query)");
            }
            if (target.weight() < 1 || target.weight() > HEAVIEST) {
                say(where + ".targets", "found: weight " + target.weight() + " (expected: 1 to " + HEAVIEST + ")");
            }
        }
        Set<String> versions =
                transport.targets().stream().map(Transport.Target::version).collect(Collectors.toSet());
        transport.grey().forEach(grey -> {
            if (!versions.contains(grey.version())) {
                say(where + ".grey", "found: " + grey.version() + ", which is not there");
            }
            if (grey.percent() < 0 || grey.percent() > 100) {
                say(where + ".grey", "found: " + grey.percent() + " percent");
            }
        });
    }

    private void say(String where, String otherwise) {
        found.accept(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
    }
}
