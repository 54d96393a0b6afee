package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.List;

/**
 * Who may call a service, and how that is proven.
 *
 * @param identity what a call must prove
 * @param signatures signature profiles taken. Where the identity is an application: empty for the application's name alone,
 *     which only the bus allows. Where it is a user: with one, the application the user sits at must sign as well, and a call
 *     that came before is refused
 * @param window how far the time of a call that passes once may be from ours, either way
 * @param addresses where calls may come from
 * @param user which users, where the identity is a user; null for none
 * @param domains origins and redirects that are safe here; null for those of the gateway
 * @param ownership what a user must own; null for nothing
 */
public record AccessRule(
        Identity identity,
        List<String> signatures,
        Duration window,
        AddressRule addresses,
        UserRule user,
        DomainRule domains,
        OwnershipRule ownership) {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /** Applications, by SM2 signature. */
    public static final AccessRule DEFAULT = new AccessRule(null, null, null, null, null, null, null);

    public AccessRule {
        identity = identity == null ? Identity.APPLICATION : identity;
        List<String> usual = identity == Identity.USER ? List.of() : List.of("sm2-sm3");
        signatures = signatures == null ? usual : List.copyOf(signatures);
        window = window == null ? FIVE_MINUTES : window;
        addresses = addresses == null ? AddressRule.ANY : addresses;
    }

    /** What a call must prove. */
    public enum Identity {
        /** Nothing: the address alone decides. Only on the bus. */
        NONE,
        /** That it comes from an authorised application. */
        APPLICATION,
        /** Who the user is, by a token of an identity provider. */
        USER
    }

    /** Whether an application must be known and authorised. */
    public boolean asksForApplication() {
        return identity == Identity.APPLICATION || identity == Identity.USER && !signatures.isEmpty();
    }

    /** Whether calls are signed. */
    public boolean signed() {
        return identity != Identity.NONE && !signatures.isEmpty();
    }

    /** Whether a call passes once: signed, or with the user's nonce. */
    public boolean passesOnce() {
        return signed() || user != null && user.nonce() == UserRule.Nonce.REQUIRED;
    }
}
