package org.tongmai.console.app.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tongmai.console.server.account.AccountRules;
import org.tongmai.console.server.account.Role;

/**
 * What is asked of people's accounts and sessions.
 *
 * @param passwordAge how long the password of a person counts before it has to be changed, 0 for ever; machines are exempt
 * @param secondFactor roles that must have a second factor, separated by commas; empty for none; machines have none
 * @param sessionIdle how long a session lasts that nobody uses; an open page that polls uses it
 * @param sessionLife how long a session lasts at most
 * @param trustedProxies addresses of reverse proxies in front of console, API and FHIR, or blocks of them of /8 or narrower,
 *     that are believed when {@code X-Forwarded-For} says for whom they call, and {@code X-Forwarded-Proto} that it was by
 *     https; empty for none
 */
public record ConsoleAccessSettings(
        @DefaultValue("90d") Duration passwordAge,
        @DefaultValue Set<Role> secondFactor,
        @DefaultValue("30m") Duration sessionIdle,
        @DefaultValue("12h") Duration sessionLife,
        @DefaultValue List<String> trustedProxies) {

    /** As the console takes them. */
    public AccountRules rules() {
        return new AccountRules(passwordAge, secondFactor, sessionIdle, sessionLife);
    }

    void check(List<String> found) {
        boolean shortAge = !passwordAge.isZero() && passwordAge.compareTo(Duration.ofDays(1)) < 0;
        if (shortAge || passwordAge.compareTo(Duration.ofDays(3_650)) > 0) {
            found.add("tongmai.console.password-age: " + passwordAge + " (expected: 0, or 1 day to 10 years)");
        }
        if (secondFactor.stream().anyMatch(Role::machine)) {
            found.add("tongmai.console.second-factor: " + secondFactor + " (expected: roles of people)");
        }
        if (sessionIdle.compareTo(Duration.ofMinutes(1)) < 0 || sessionIdle.compareTo(sessionLife) > 0) {
            found.add("tongmai.console.session-idle: " + sessionIdle + " (expected: 1 minute to session-life)");
        }
        if (sessionLife.compareTo(Duration.ofDays(7)) > 0) {
            found.add("tongmai.console.session-life: " + sessionLife + " (expected: at most 7 days)");
        }
        GatewaySettings.checkProxies("tongmai.console.trusted-proxies", trustedProxies, found);
    }
}
