package org.tongmai.routes.engine.gateway.rules;

import java.util.List;

/**
 * Addresses calls may come from (IP 白名单, 黑名单).
 *
 * @param allow address blocks, {@code 10.1.0.0/16} or a single address; empty for all
 * @param deny blocks that are not allowed though {@code allow} has them
 */
public record AddressRule(List<String> allow, List<String> deny) {
    /** From anywhere. */
    public static final AddressRule ANY = new AddressRule(List.of(), List.of());

    public AddressRule {
        allow = Absent.list(allow);
        deny = Absent.list(deny);
    }
}
