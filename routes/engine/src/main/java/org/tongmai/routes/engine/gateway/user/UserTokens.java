package org.tongmai.routes.engine.gateway.user;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.standards.exchange.HttpCall;

/**
 * What is known of identity providers on this node: their keys and whose tokens are. A provider whose rule stays the same
 * keeps it all across publications.
 */
public final class UserTokens implements AutoCloseable {
    /** RFC 6750, 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private static final Pattern PLAIN = Pattern.compile("[!-~]{1,8192}");

    private final SideCalls calls = new SideCalls();
    private final Function<String, byte[]> exchangeKeys;
    private final Clock clock;
    private Map<IdentityProvider, TokenSource> sources = new HashMap<>();

    /**
     * @param exchangeKeys the key shared with a provider that is asked, by its id; null where there is none
     * @param clock what times of tokens are held against
     */
    public UserTokens(Function<String, byte[]> exchangeKeys, Clock clock) {
        this.exchangeKeys = exchangeKeys;
        this.clock = clock;
    }

    /**
     * Makes providers ready.
     *
     * @return those that are active, by id
     * @throws org.tongmai.standards.error.CodedException {@link GatewayError#RULES_INVALID} for one that has no key here
     */
    public synchronized Map<String, Known> known(List<IdentityProvider> providers) {
        Map<IdentityProvider, TokenSource> ready = new HashMap<>();
        providers.forEach(each -> ready.put(each, sources.containsKey(each) ? sources.get(each) : source(each)));
        sources = ready;
        return ready.keySet().stream()
                .filter(each -> each.state() == ActiveState.ACTIVE)
                .collect(Collectors.toMap(IdentityProvider::id, each -> new Known(each, ready.get(each))));
    }

    private TokenSource source(IdentityProvider provider) {
        if (provider.jwt() == null) {
            byte[] key = exchangeKeys.apply(provider.id());
            if (key == null) {
                throw new Refused(
                        GatewayError.RULES_INVALID,
                        "identityProviders[" + provider.id() + "]",
                        "no key here (expected: " + provider.id() + ".key in tongmai.gateway.exchange-keys)");
            }
            return new ExchangedTokens(provider, new ExchangeRequest(provider.exchange(), key, clock), calls, clock);
        }
        KeySource keys = provider.jwt().keysUrl().isEmpty()
                ? SignedTokens.of(provider.jwt().keys())
                : new FetchedKeys(URI.create(provider.jwt().keysUrl()), calls, clock);
        return new SignedTokens(provider, keys, clock);
    }

    /** A provider that is ready. */
    public static final class Known {
        private final IdentityProvider rule;
        private final TokenSource source;

        private Known(IdentityProvider rule, TokenSource source) {
            this.rule = rule;
            this.source = source;
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
