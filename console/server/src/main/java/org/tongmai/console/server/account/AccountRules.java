package org.tongmai.console.server.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;

/**
 * What is asked of people's accounts and sessions.
 *
 * @param passwordAge how long a password counts; zero for ever
 * @param secondFactor roles that must have a second factor
 * @param sessionIdle how long a session lasts that nobody uses
 * @param sessionLife how long a session lasts at most
 */
public record AccountRules(Duration passwordAge, Set<Role> secondFactor, Duration sessionIdle, Duration sessionLife) {
    public AccountRules {
        secondFactor = Set.copyOf(secondFactor);
    }

    /** 90 days, no role, 30 minutes, 12 hours. */
    public static AccountRules defaults() {
        return new AccountRules(Duration.ofDays(90), Set.of(), Duration.ofMinutes(30), Duration.ofHours(12));
    }

    /** What a login of this account is limited to. */
    public Limit limitOf(Account account, Instant now) {
        if (account.machine()) {
            return Limit.NONE;
        }
        Account.Credentials credentials = account.credentials();
        boolean old = !passwordAge.isZero()
                && credentials.passwordSince().plus(passwordAge).isBefore(now);
        if (old || credentials.oneTimePassword()) {
            return Limit.CHANGE_PASSWORD;
        }
        boolean asked = !Collections.disjoint(account.roles(), secondFactor);
        return asked && !credentials.secondFactor() ? Limit.ENROL_SECOND_FACTOR : Limit.NONE;
    }
}
