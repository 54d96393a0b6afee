package org.tongmai.console.server.account;

import java.time.Instant;
import java.util.Set;

/** One account, without its password. */
public record Account(String name, Set<Role> roles, boolean enabled, int failedAttempts, Instant lockedUntil) {
    public Account {
        roles = Set.copyOf(roles);
    }

    public boolean lockedAt(Instant now) {
        return lockedUntil != null && lockedUntil.isAfter(now);
    }
}
