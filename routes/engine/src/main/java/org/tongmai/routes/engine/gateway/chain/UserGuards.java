package org.tongmai.routes.engine.gateway.chain;

import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.user.UserTokens;

/** The users of a set of rules: their providers made ready. */
final class UserGuards {
    private final Surroundings around;
    private final Map<String, UserTokens.Known> providers;
    private final Throttles throttles;

    UserGuards(Surroundings around, List<IdentityProvider> providers, Throttles throttles) {
        this.around = around;
        this.providers = around.tokens().known(providers);
        this.throttles = throttles;
    }

    UserGuard guard(Service service) {
        Throttle ofUser =
                throttles.of("users of " + service.id(), service.access().user().rate());
        return new UserGuard(service, providers.get(service.access().user().provider()), around, ofUser);
    }
}
