package org.tongmai.console.app.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tongmai.console.server.account.AccountRules;
import org.tongmai.console.server.account.Role;

/**
 * What is asked of people's accounts and sessions.
 *
 * @param passwordAge how long the password of a person counts before it has to be changed, 0 for ever; machines are exempt
 * @param secondFactor roles that must have a second factor, separated by commas; empty for none; machines have none
 * @param lockAfter wrong passwords or codes in a row that lock an account
 * @param lockFor how long the first lock lasts; each further failure doubles it, up to sixteen times as long
 * @param sessionIdle how long a session lasts that nobody uses; an open page that polls uses it
 * @param sessionLife how long a session lasts at most
 * @param host local address console, API and FHIR listen on; empty for all
 * @param tlsKeyStore PKCS 12 file with their key; empty for no TLS
 * @param tlsKeyStorePasswordFile file whose first line is its password
 * @param trustedProxies addresses of reverse proxies in front of console, API and FHIR, or blocks of them of /8 or narrower,
 *     that are believed when {@code X-Forwarded-For} says for whom they call, and {@code X-Forwarded-Proto} that it was by
 *     https; empty for none
 */
public record ConsoleAccessSettings(
        @DefaultValue("90d") Duration passwordAge,
        @DefaultValue Set<Role> secondFactor,
        @DefaultValue("5") int lockAfter,
        @DefaultValue("10m") Duration lockFor,
        @DefaultValue("30m") Duration sessionIdle,
        @DefaultValue("12h") Duration sessionLife,
        @DefaultValue("") String host,
        @DefaultValue("") String tlsKeyStore,
        @DefaultValue("") String tlsKeyStorePasswordFile,
        @DefaultValue List<String> trustedProxies) {

    /** As the console takes them. */
    public AccountRules rules() {
        return new AccountRules(passwordAge, secondFactor, sessionIdle, sessionLife);
    }

    /** Those of the three administrators that nobody demands a second factor of. */
    public Set<Role> administratorsWithPasswordAlone() {
        Set<Role> alone = EnumSet.copyOf(Role.ADMINISTRATORS);
        alone.removeAll(secondFactor);
        return alone;
    }

    /** Where to listen; empty for every address of this machine, and for a name that nobody knows. */
    public Optional<InetAddress> address() {
        try {
            return host.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether what goes to and fro can be read on the way: no TLS, and not from this machine alone. */
    public boolean isReadableOnTheWay() {
        return tlsKeyStore.isEmpty()
                && !address().map(InetAddress::isLoopbackAddress).orElse(false);
    }

    void check(List<String> found) {
        boolean shortAge = !passwordAge.isZero() && passwordAge.compareTo(Duration.ofDays(1)) < 0;
        if (shortAge || passwordAge.compareTo(Duration.ofDays(3_650)) > 0) {
            found.add("tongmai.console.password-age: " + passwordAge + " (expected: 0, or 1 day to 10 years)");
        }
        if (secondFactor.stream().anyMatch(Role::machine)) {
            found.add("tongmai.console.second-factor: " + secondFactor + " (expected: roles of people)");
        }
        if (lockAfter < 1 || lockAfter > 10) {
            found.add("tongmai.console.lock-after: " + lockAfter + " (expected: 1 to 10)");
        }
        if (lockFor.compareTo(Duration.ofMinutes(1)) < 0 || lockFor.compareTo(Duration.ofDays(1)) > 0) {
            found.add("tongmai.console.lock-for: " + lockFor + " (expected: 1 minute to 1 day)");
        }
        if (sessionIdle.compareTo(Duration.ofMinutes(1)) < 0 || sessionIdle.compareTo(sessionLife) > 0) {
            found.add("tongmai.console.session-idle: " + sessionIdle + " (expected: 1 minute to session-life)");
        }
        if (sessionLife.compareTo(Duration.ofDays(7)) > 0) {
            found.add("tongmai.console.session-life: " + sessionLife + " (expected: at most 7 days)");
        }
        if (!tlsKeyStore.isEmpty() && !Files.isReadable(Path.of(tlsKeyStore))) {
            found.add("tongmai.console.tls-key-store: not readable (expected: a PKCS 12 file)");
        }
        if (tlsKeyStore.isEmpty() != tlsKeyStorePasswordFile.isEmpty()) {
            found.add("tongmai.console.tls-key-store-password-file: (expected: set when tls-key-store is)");
        }
        if (!host.isEmpty() && address().isEmpty()) {
            found.add("tongmai.console.host: " + host + " (expected: an address or a name of this machine)");
        }
        GatewaySettings.checkProxies("tongmai.console.trusted-proxies", trustedProxies, found);
    }
}
