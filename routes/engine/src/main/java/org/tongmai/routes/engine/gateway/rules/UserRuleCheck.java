package org.tongmai.routes.engine.gateway.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.rules.AccessRule.Identity;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.patientindex.PersonIdentifier;

/** Says what is wrong with rules about users: providers, safe domains, ownership. */
final class UserRuleCheck {
    private static final IdentifierSystems SYSTEMS = IdentifierSystems.load();
    private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", ProviderKeys.SM2);
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern PSEUDONYM = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])+)+");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_$-]{1,64}");
    /** Kinds of transport that send nothing of the path, and nothing of the query. */
    private static final Set<String> WITHOUT_PATH = Set.of("soap", "mllp", "files", "ftp", "mail");

    private static final Set<String> WITHOUT_QUERY = Set.of("mllp", "files", "ftp", "mail");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration WIDEST_LEEWAY = Duration.ofMinutes(5);
    private static final Duration LONGEST_EXCHANGE = Duration.ofHours(2);

    private final RuleSet rules;
    private final Consumer<Issue> found;

    UserRuleCheck(RuleSet rules, Consumer<Issue> found) {
        this.rules = rules;
        this.found = found;
    }

    void all() {
        rules.identityProviders().forEach(this::provider);
        rules.domains().forEach((kind, domains) -> domains("domains." + kind, domains));
        Map<String, IdentityProvider> providers = rules.identityProviders().stream()
                .collect(Collectors.toMap(IdentityProvider::id, each -> each, (a, b) -> a));
        rules.services().forEach(service -> service(service, providers));
    }

    private void provider(IdentityProvider provider) {
        String where = "identityProviders[" + provider.id() + "]";
        expect(
                FIELD.matcher(provider.field()).matches(),
                where + ".field",
                "found: " + provider.field() + " (expected: a header field)");
        system(where + ".subject.system", provider.subject().system());
        // Not quoted: it could be somebody's number.
        provider.deniedUsers()
                .forEach(user -> expect(
                        PSEUDONYM.matcher(user).matches(),
                        where + ".deniedUsers",
                        "found: something else (expected: 16 hexadecimal digits, as the audit log names the user)"));
        expect(
                (provider.jwt() == null) != (provider.exchange() == null),
                where,
                "found: jwt and exchange, or neither (expected: one of them)");
        if (provider.jwt() != null) {
            jwt(where + ".jwt", provider.jwt());
        }
        if (provider.exchange() != null) {
            exchange(where, provider);
        }
    }

    private void jwt(String where, IdentityProvider.JwtRule jwt) {
        expect(!jwt.issuer().isEmpty(), where + ".issuer", "none");
        expect(!jwt.audience().isEmpty(), where + ".audience", "none (expected: what tokens for us say in aud)");
        expect(
                !jwt.algorithms().isEmpty() && ALGORITHMS.containsAll(jwt.algorithms()),
                where + ".algorithms",
                "found: " + jwt.algorithms() + " (expected: of RS256, PS256, ES256, SM2)");
        expect(
                !jwt.leeway().isNegative() && jwt.leeway().compareTo(WIDEST_LEEWAY) <= 0,
                where + ".leeway",
                "found: " + jwt.leeway() + " (expected: at most " + WIDEST_LEEWAY + ")");
        expect(
                jwt.keys().isEmpty() != jwt.keysUrl().isEmpty(),
                where,
                "found: keys and keysUrl, or neither (expected: one of them)");
        if (!jwt.keysUrl().isEmpty()) {
            expect(isSafeUrl(jwt.keysUrl()), where + ".keysUrl", "expected: https, or http of this machine");
        } else if (!jwt.keys().isEmpty()) {
            keys(where + ".keys", jwt.keys());
        }
    }

    private void keys(String where, String text) {
        try {
            expect(ProviderKeys.of(text).size() > 0, where, "found: no key of RSA, P-256 or SM2");
            expect(!ProviderKeys.holdSecret(text), where, "found: a private key");
        } catch (ParseException e) {
            expect(false, where, "expected: a JWK set (RFC 7517)");
        }
    }

    private void exchange(String where, IdentityProvider provider) {
        ExchangeRule exchange = provider.exchange();
        expect(isSafeUrl(exchange.url()), where + ".exchange.url", "expected: https, or http of this machine");
        expect(!exchange.app().isEmpty(), where + ".exchange.app", "none");
        pointer(where + ".subject.claim", provider.subject().claim());
        expect(
                !exchange.success().pointer().isEmpty()
                        && !exchange.success().value().isEmpty(),
                where + ".exchange.success",
                "no pointer or no value (expected: where the answer says that the token is good, and what it says there)");
        pointer(where + ".exchange.success.pointer", exchange.success().pointer());
        expect(
                exchange.longest().compareTo(Duration.ofSeconds(1)) >= 0
                        && exchange.longest().compareTo(LONGEST_EXCHANGE) <= 0,
                where + ".exchange.longest",
                "found: " + exchange.longest() + " (expected: PT1S to " + LONGEST_EXCHANGE + ")");
    }

    private void service(Service service, Map<String, IdentityProvider> providers) {
        String where = "services[" + service.id() + "].access";
        AccessRule access = service.access();
        boolean user = access.identity() == Identity.USER;
        expect(
                user || !service.gateways().contains(GatewayKind.USER),
                where + ".identity",
                "found: " + access.identity() + " (expected: USER at the user gateway)");
        expect(user == (access.user() != null), where + ".user", "expected: where identity is USER, and only there");
        if (access.user() != null) {
            String provider = access.user().provider();
            expect(
                    providers.containsKey(provider),
                    where + ".user.provider",
                    "found: " + provider + ", which is not there");
            expect(
                    access.user().nonce() == UserRule.Nonce.NONE || !access.signed(),
                    where + ".user.nonce",
                    "found: REQUIRED (expected: NONE where calls are signed, for those pass once already)");
        }
        TrafficRule.Cache cache = service.traffic().cache();
        expect(
                !user || cache == null || cache.level() != TrafficRule.CacheLevel.EVERYBODY,
                "services[" + service.id() + "].traffic.cache.level",
                "found: EVERYBODY (expected: APPLICATION, for each user gets answers of its own)");
        if (access.domains() != null) {
            domains(where + ".domains", access.domains());
        }
        if (access.ownership() != null) {
            expect(user, where + ".ownership", "expected: only where identity is USER");
            ownership(where + ".ownership", service, access.ownership());
        }
    }

    private void ownership(String where, Service service, OwnershipRule rule) {
        expect(
                rule.mode() == OwnershipRule.Mode.LEARN || !rule.policies().isEmpty(),
                where + ".policies",
                "none (expected: a policy, or mode LEARN)");
        rule.learnSystems().forEach(system -> system(where + ".learnSystems", system));
        for (OwnershipRule.Policy policy : rule.policies()) {
            String place = where + ".policies[" + policy.in() + " " + policy.name() + "]";
            expect(
                    policy.in() != null,
                    place,
                    "found: in nothing (expected: PATH, QUERY, FORM, BODY, ANSWER, ANSWER_FIELD)");
            system(place + ".system", policy.system());
            expect(
                    isSent(policy.in(), String.valueOf(service.transport().kind())),
                    place,
                    "found: " + policy.in() + " of kind " + service.transport().kind()
                            + " (expected: where what is sent stands)");
            boolean reference = policy.form() == OwnershipRule.Form.REFERENCE;
            expect(
                    !reference || policy.system().equals(PersonIdentifier.PATIENT),
                    place + ".form",
                    "found: REFERENCE of " + policy.system() + " (expected: of Patient)");
            if (policy.in() == Part.PATH) {
                String[] around = service.path().split(Pattern.quote("{" + policy.name() + "}"), -1);
                expect(
                        around.length == 2,
                        place,
                        "found: " + (around.length - 1) + " segments of that name in " + service.path());
            } else if (policy.in() == Part.QUERY || policy.in() == Part.FORM) {
                expect(PARAMETER.matcher(policy.name()).matches(), place, "expected: the name of a parameter");
            } else if (policy.in() == Part.ANSWER_FIELD) {
                expect(FIELD.matcher(policy.name()).matches(), place, "expected: the name of a header field");
            } else {
                pointer(place, policy.name());
            }
        }
    }

    /** What is judged and then not sent would say nothing about whose data are asked for. */
    private static boolean isSent(Part part, String kind) {
        return !(part == Part.PATH && WITHOUT_PATH.contains(kind)
                || part == Part.QUERY && WITHOUT_QUERY.contains(kind));
    }

    private void domains(String where, DomainRule rule) {
        rule.origins()
                .forEach(origin -> expect(
                        ORIGIN.matcher(origin).matches(),
                        where + ".origins",
                        "found: " + origin + " (expected: https://host, in small letters)"));
        rule.redirects()
                .forEach(host -> expect(
                        HOST.matcher(host).matches() && !host.endsWith(".") && host.contains("."),
                        where + ".redirects",
                        "found: " + host + " (expected: host or *.domain)"));
        rule.redirectParameters()
                .forEach(name ->
                        expect(PARAMETER.matcher(name).matches(), where + ".redirectParameters", "found: " + name));
        expect(
                !rule.preflight().isNegative() && rule.preflight().compareTo(Duration.ofDays(1)) <= 0,
                where + ".preflight",
                "found: " + rule.preflight());
        rule.exposed().forEach(name -> expect(FIELD.matcher(name).matches(), where + ".exposed", "found: " + name));
    }

    private void pointer(String where, String text) {
        expect(
                POINTER.matcher(text).matches(),
                where,
                "found: " + text + " (expected: a JSON pointer, * for every element)");
    }

    private void system(String where, String system) {
        expect(
                system.equals(PersonIdentifier.PATIENT) || SYSTEMS.system(system) != null,
                where,
                "found: " + system + " (expected: a system of identifier-systems.csv, or Patient)");
    }

    /** What is fetched there decides who is let in. */
    private static boolean isSafeUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean secure = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
            return secure && uri.getHost() != null && uri.getUserInfo() == null && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void expect(boolean kept, String where, String otherwise) {
        if (!kept) {
            found.accept(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
        }
    }
}
