package org.tongmai.routes.engine.gateway.rules;

import java.time.Instant;
import java.util.List;

/**
 * A system of a caller.
 *
 * @param id what it names itself by in each call
 * @param caller whose it is
 * @param state whether it may call
 * @param domains service domains it may call in; empty for all
 * @param services services it may call
 * @param groups groups of services it may call
 * @param keys what its signatures are verified with, and answers encrypted by; several while one takes over from another
 * @param addresses where it may call from
 * @param rate how often it may call, all its services together
 */
public record Application(
        String id,
        String title,
        String caller,
        ActiveState state,
        List<String> domains,
        List<String> services,
        List<String> groups,
        List<ApplicationKey> keys,
        AddressRule addresses,
        Rate rate) {
    public Application {
        id = Absent.text(id);
        title = Absent.text(title);
        caller = Absent.text(caller);
        state = state == null ? ActiveState.ACTIVE : state;
        domains = Absent.list(domains);
        services = Absent.list(services);
        groups = Absent.list(groups);
        keys = Absent.list(keys);
        addresses = addresses == null ? AddressRule.ANY : addresses;
        rate = rate == null ? Rate.NONE : rate;
    }

    /**
     * A key.
     *
     * @param profile what it is for: the signature profile {@code sm2-sm3}, {@code rsa-sha256} or {@code hmac-sm3}, or an
     *     algorithm its answers are encrypted by, for example {@code sm2-sm4-gcm}
     * @param publicKey PEM, or for SM2 any form of {@link org.tongmai.standards.crypto.Sm2KeyText}; empty for {@code
     *     hmac-sm3}
     * @param secret for {@code hmac-sm3}: the name of the key in the gateways' key folder; the key itself never stands here
     * @param userId SM2 user id (GB/T 32918.2, 5.5); empty for the one of GB/T 35276
     * @param from first moment it counts; null for always
     * @param to first moment it no longer counts; null for never
     */
    public record ApplicationKey(
            String id, String profile, String publicKey, String secret, String userId, Instant from, Instant to) {
        public ApplicationKey {
            id = Absent.text(id);
            profile = Absent.text(profile);
            publicKey = Absent.text(publicKey);
            secret = Absent.text(secret);
            userId = Absent.text(userId);
        }

        /** Whether it counts at this moment. */
        public boolean countsAt(Instant moment) {
            return (from == null || !moment.isBefore(from)) && (to == null || moment.isBefore(to));
        }
    }
}
