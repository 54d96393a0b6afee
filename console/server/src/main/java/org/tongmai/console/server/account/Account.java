package org.tongmai.console.server.account;

import java.time.Instant;
import java.util.Set;

/**
 * One account, without its password.
 *
 * @param generation another number after every change that ends its sessions
 */
public record Account(
        String name,
        Set<Role> roles,
        boolean enabled,
        Locking locking,
        Credentials credentials,
        Person person,
        long generation) {
    public Account {
        roles = Set.copyOf(roles);
    }

    public boolean lockedAt(Instant now) {
        return locking.lockedUntil() != null && locking.lockedUntil().isAfter(now);
    }

    /** Whether all its roles are of machines. */
    public boolean machine() {
        return !roles.isEmpty() && roles.stream().allMatch(Role::machine);
    }

    /**
     * Failed logins.
     *
     * @param failedAttempts since the last success
     * @param lockedUntil null when it was never locked since
     */
    public record Locking(int failedAttempts, Instant lockedUntil) {}

    /**
     * How it logs in.
     *
     * @param passwordSince when the password was set
     * @param oneTimePassword whether it was given by somebody else and is to be changed
     * @param secondFactor whether a one-time code is asked for too
     */
    public record Credentials(Instant passwordSince, boolean oneTimePassword, boolean secondFactor) {}

    /**
     * Who uses it.
     *
     * @param displayName what they are called; empty where nobody said
     * @param lastLoginAt the last time that a login was verified; null for never
     */
    public record Person(String displayName, Instant lastLoginAt) {}
}
