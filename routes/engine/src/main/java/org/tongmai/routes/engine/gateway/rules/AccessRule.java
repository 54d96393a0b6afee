package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.List;

/**
 * Who may call a service, and how that is proven.
 *
 * @param identity what a call must prove
 * @param signatures signature profiles taken, where the identity is an application; empty for the application's name alone,
 *     which only the bus allows
 * @param window how far the time of a signed call may be from ours, either way
 * @param addresses where calls may come from
 */
public record AccessRule(Identity identity, List<String> signatures, Duration window, AddressRule addresses) {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /** Applications, by SM2 signature. */
    public static final AccessRule DEFAULT = new AccessRule(null, null, null, null);

    public AccessRule {
        identity = identity == null ? Identity.APPLICATION : identity;
        signatures = signatures == null ? List.of("sm2-sm3") : List.copyOf(signatures);
        window = window == null ? FIVE_MINUTES : window;
        addresses = addresses == null ? AddressRule.ANY : addresses;
    }

    /** What a call must prove. */
    public enum Identity {
        /** Nothing: the address alone decides. Only on the bus. */
        NONE,
        /** That it comes from an authorised application. */
        APPLICATION
    }
}
