package org.tongmai.routes.engine.gateway.chain;

import java.util.Optional;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.user.User;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.error.Issue;

/** Users of an identity provider that may not call whatever their tokens say (用户黑名单), by their pseudonyms. */
final class DeniedUsers {
    private final String provider;
    private final Set<String> denied;
    private final Pseudonyms pseudonyms;

    DeniedUsers(UserTokens.Known provider, Pseudonyms pseudonyms) {
        this.provider = provider.id();
        this.denied = provider.deniedUsers();
        this.pseudonyms = pseudonyms;
    }

    /** Why it is not known here who is denied, so that nobody passes; empty where it is. */
    Optional<Issue> missing() {
        return denied.isEmpty() || pseudonyms.areLasting()
                ? Optional.empty()
                : Optional.of(
                        Issue.of(
                                GatewayError.RULES_INVALID,
                                "identityProviders[" + provider + "].deniedUsers",
                                "found: pseudonyms that change with every start (expected: tongmai.gateway.pseudonym-key-file)"));
    }

    /** @throws Refused {@link GatewayError#USER_DENIED}, or {@link GatewayError#PROVIDER_AWAY} where that is not known */
    void admit(User user) {
        if (denied.isEmpty()) {
            return;
        }
        if (!pseudonyms.areLasting()) {
            throw new Refused(GatewayError.PROVIDER_AWAY, provider, "no key of pseudonyms here");
        }
        if (denied.contains(pseudonyms.of(user.subject()))) {
            throw new Refused(GatewayError.USER_DENIED, provider, "");
        }
    }
}
