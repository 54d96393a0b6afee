package org.tongmai.routes.engine.gateway.chain;

import java.util.Map;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.user.UserTokens;

/** The users of a set of rules: their providers made ready. */
final class UserGuards {
    private final Surroundings around;
    private final Map<String, UserTokens.Known> providers;
    private final Throttles throttles;

    UserGuards(Surroundings around, Map<String, UserTokens.Known> providers, Throttles throttles) {
        this.around = around;
        this.providers = providers;
        this.throttles = throttles;
    }

    UserGuard guard(Service service) {
        Throttle ofUser = throttles.of("users", service, service.access().user().rate());
        UserTokens.Known provider = providers.get(service.access().user().provider());
        return new UserGuard(service, provider.isActive() ? provider : null, around, ofUser);
    }
}
