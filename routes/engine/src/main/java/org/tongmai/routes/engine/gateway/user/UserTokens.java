package org.tongmai.routes.engine.gateway.user;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Makes identity providers ready on this node: their keys and whose tokens are. A provider whose tokens are verified as before
 * keeps it all across publications; who may call with them is read of each call.
 */
public final class UserTokens implements AutoCloseable {
    /** RFC 6750, 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private static final Pattern PLAIN = Pattern.compile("[!-~]{1,8192}");

    private final SideCalls calls = new SideCalls();
    private final Function<String, byte[]> exchangeKeys;
    private final Clock clock;

    /**
     * @param exchangeKeys the key shared with a provider that is asked, by its id; null where there is none
     * @param clock what times of tokens are held against
     */
    public UserTokens(Function<String, byte[]> exchangeKeys, Clock clock) {
        this.exchangeKeys = exchangeKeys;
        this.clock = clock;
    }

    /**
     * Makes providers ready. One that has no key here is ready too: its calls are refused.
     *
     * @param before those of the rules in force, by id
     * @return all of them, by id
     */
    public Map<String, Known> known(List<IdentityProvider> providers, Map<String, Known> before) {
        return providers.stream().collect(Collectors.toMap(IdentityProvider::id, each -> {
            Known same = before.get(each.id());
            boolean stays = same != null && same.missing == null && same.rule.verifiesAs(each);
            return stays ? new Known(each, same.source, null) : known(each);
        }));
    }

    private Known known(IdentityProvider provider) {
        if (provider.jwt() == null) {
            return asked(provider);
        }
        KeySource keys = provider.jwt().keysUrl().isEmpty()
                ? SignedTokens.of(provider.jwt().keys())
                : new FetchedKeys(URI.create(provider.jwt().keysUrl()), calls.lane(), clock);
        return new Known(provider, new SignedTokens(provider, keys, clock), null);
    }

    private Known asked(IdentityProvider provider) {
        String why = "none";
        try {
            byte[] key = exchangeKeys.apply(provider.id());
            if (key != null) {
                ExchangeRequest request = new ExchangeRequest(provider.exchange(), key, clock);
                return new Known(provider, new ExchangedTokens(provider, request, calls.lane(), clock), null);
            }
        } catch (CodedException e) {
            why = e.code().code();
        }
        Refused away = new Refused(GatewayError.PROVIDER_AWAY, provider.id(), "no key here");
        return new Known(
                provider,
                token -> CompletableFuture.failedFuture(away),
                Issue.of(
                        GatewayError.RULES_INVALID,
                        "identityProviders[" + provider.id() + "]",
                        "no key here, " + why + " (expected: " + provider.id()
                                + ".key in tongmai.gateway.exchange-keys)"));
    }

    /** A provider that is ready. */
    public static final class Known {
        private final IdentityProvider rule;
        private final TokenSource source;
        private final Issue missing;

        private Known(IdentityProvider rule, TokenSource source, Issue missing) {
            this.rule = rule;
            this.source = source;
            this.missing = missing;
        }

        /** Whether its users may call. */
        public boolean isActive() {
            return rule.state() == ActiveState.ACTIVE;
        }

        public String id() {
            return rule.id();
        }

        /** Pseudonyms of users that may not call. */
        public Set<String> deniedUsers() {
            return rule.deniedUsers();
        }

        /** The key it has not here; empty when it has what it needs. */
        public Optional<Issue> missing() {
            return Optional.ofNullable(missing);
        }

        /** The header field its tokens come in. */
        public String field() {
            return rule.field();
        }

        /** The user whose token a call brings; fails with a coded refusal. */
        public CompletableFuture<User> user(HttpCall call) {
            try {
                return source.user(token(call));
            } catch (Refused e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private String token(HttpCall call) {
            List<String> values = call.fields().all(rule.field());
            if (values.size() != 1) {
                throw new Refused(GatewayError.TOKEN_MISSING, rule.field(), "found: " + values.size());
            }
            boolean bearer = rule.field().equalsIgnoreCase(IdentityProvider.AUTHORIZATION);
            var form = (bearer ? BEARER : PLAIN).matcher(values.get(0));
            if (!form.matches()) {
                throw new Refused(GatewayError.TOKEN_MISSING, rule.field(), bearer ? "expected: Bearer" : "");
            }
            return form.group(bearer ? 1 : 0);
        }
    }

    /** @throws Refused {@link GatewayError#SCOPE_MISSING} */
    public static void require(User user, Set<String> scopes, Set<String> roles) {
        if (!user.scopes().containsAll(scopes)) {
            throw new Refused(GatewayError.SCOPE_MISSING, "scope", "expected: " + String.join(" ", scopes));
        }
        if (!roles.isEmpty() && roles.stream().noneMatch(user.roles()::contains)) {
            throw new Refused(GatewayError.SCOPE_MISSING, "role", "expected: one of " + String.join(" ", roles));
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
