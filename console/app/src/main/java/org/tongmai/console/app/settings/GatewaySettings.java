package org.tongmai.console.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.standards.exchange.TrustedProxies;

/**
 * The service bus and its gateways.
 *
 * @param host local address the gateways listen on, where hosts says no other
 * @param hosts local addresses of single gateways
 * @param doors gateways this node has: open, bus, user. Of the others it has no port and carries no service; empty for none
 * @param domains service domains this node serves; empty for all
 * @param maxBody largest request that is held in memory, at most 64MB; a service may take less, and more where it takes large
 *     contents
 * @param spoolAbove bytes up to which a content is held in memory though its service takes large ones, which go into files
 * @param spoolRoom room of the contents in files together, in the data directory; one sender has a quarter of it, all three
 *     quarters, answers the rest
 * @param diskFree of the disk of the data directory, which database and broker may write to as well: where less is free, no
 *     content goes into a file
 * @param maxConnections connections of one gateway open at once
 * @param maxConnectionsPerProxy connections of one trusted proxy open at once; of any other address it is 1000
 * @param trustedProxies addresses of reverse proxies, or blocks of them of /8 or narrower, that are believed when {@code
 *     X-Forwarded-For} says for whom they call; empty for none: then a call comes from who is connected
 * @param requestTimeout how long a request may take to arrive
 * @param tlsKeyStore PKCS 12 file with the key of the gateways; empty for no TLS
 * @param tlsKeyStorePasswordFile file whose first line is its password
 * @param tlsTrustStore PKCS 12 file with the certificates of callers, or of who issued them; empty for none
 * @param tlsTrustStorePasswordFile file whose first line is its password; empty where it has none
 * @param tlsClientAuthentication gateways whose callers are asked for a certificate
 * @param keys folder of the gateways' own keys (name.pem opens contents, name.hmac verifies, name.p12 is a key store, its
 *     password the first line of name.password beside it); empty for none
 * @param keysPasswordFile file whose first line is the password of the keys that are encrypted, and of key stores without
 *     one beside them
 * @param pkcs11 file that says which PKCS#11 token has keys too, as SunPKCS11 reads it (name, library, slotListIndex); those
 *     of the token count before those of the folder; empty for none
 * @param pkcs11PinFile file whose first line is the PIN of that token
 * @param exchangeKeys directory with a file for each identity provider that is asked about tokens, its id and .key: the first
 *     line is the key shared with it; empty for none
 * @param accounts directory with a file for each account on a server that services are carried to, its name and .password:
 *     the first line is the password; empty for none
 * @param clearFtpHosts FTP servers, as rules name them, that passwords and files may go to in clear; this machine is always one
 * @param pseudonymKeyFile file whose first line, at least 16 characters, makes the pseudonyms of users in the audit log
 *     and in deny lists; the same on all nodes. Empty for a key that changes with every start
 */
public record GatewaySettings(
        @DefaultValue("0.0.0.0") String host,
        @DefaultValue DoorHosts hosts,
        @DefaultValue({"open", "bus", "user"}) Set<GatewayKind> doors,
        @DefaultValue List<String> domains,
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue("1MB") DataSize spoolAbove,
        @DefaultValue("4GB") DataSize spoolRoom,
        @DefaultValue("1GB") DataSize diskFree,
        @DefaultValue("2000") int maxConnections,
        @DefaultValue("2000") int maxConnectionsPerProxy,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("15s") Duration requestTimeout,
        @DefaultValue("") String tlsKeyStore,
        @DefaultValue("") String tlsKeyStorePasswordFile,
        @DefaultValue("") String tlsTrustStore,
        @DefaultValue("") String tlsTrustStorePasswordFile,
        @DefaultValue ClientCertificates tlsClientAuthentication,
        @DefaultValue("") String keys,
        @DefaultValue("") String keysPasswordFile,
        @DefaultValue("") String pkcs11,
        @DefaultValue("") String pkcs11PinFile,
        @DefaultValue("") String exchangeKeys,
        @DefaultValue("") String accounts,
        @DefaultValue List<String> clearFtpHosts,
        @DefaultValue("") String pseudonymKeyFile) {
    /** Half of what a door holds of all its requests together: more would be refused whenever another is under way. */
    private static final DataSize MOST_HELD = DataSize.ofMegabytes(64);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]+");

    /**
     * Local addresses of single gateways.
     *
     * @param open of the open gateway; empty for that of all
     * @param bus of the service bus; empty for that of all
     * @param user of the user gateway; empty for that of all
     */
    public record DoorHosts(
            @DefaultValue("") String open, @DefaultValue("") String bus, @DefaultValue("") String user) {}

    /**
     * Gateways whose callers are asked for a certificate.
     *
     * @param open of the open gateway: none; want, where one that is shown must be trusted; need, where nobody is heard without
     * @param bus of the service bus: none, want or need
     * @param user of the user gateway: none, want or need
     */
    public record ClientCertificates(
            @DefaultValue("none") Asked open, @DefaultValue("none") Asked bus, @DefaultValue("none") Asked user) {
        /** How a certificate is asked for. */
        public enum Asked {
            NONE,
            WANT,
            NEED
        }

        /** How callers of a gateway are asked. */
        public Asked of(GatewayKind door) {
            return switch (door) {
                case OPEN -> open;
                case BUS -> bus;
                case USER -> user;
            };
        }
    }

    /** Local address a gateway listens on. */
    public String host(GatewayKind door) {
        String own =
                switch (door) {
                    case OPEN -> hosts.open();
                    case BUS -> hosts.bus();
                    case USER -> hosts.user();
                };
        return own.isEmpty() ? host : own;
    }

    void check(List<String> found) {
        checkSizes(found);
        checkDoors(found);
        checkTls(found);
        checkFiles(found);
    }

    private void checkSizes(List<String> found) {
        if (maxBody.toKilobytes() < 1 || maxBody.toBytes() > MOST_HELD.toBytes()) {
            found.add("tongmai.gateway.max-body: " + maxBody + " (expected: 1KB to 64MB)");
        }
        if (spoolAbove.toKilobytes() < 64 || spoolAbove.toMegabytes() > 64) {
            found.add("tongmai.gateway.spool-above: " + spoolAbove + " (expected: 64KB to 64MB)");
        }
        if (spoolRoom.toBytes() / 4 < spoolAbove.toBytes()) {
            found.add("tongmai.gateway.spool-room: " + spoolRoom + " (expected: at least four times spool-above)");
        }
        if (diskFree.isNegative()) {
            found.add("tongmai.gateway.disk-free: " + diskFree + " (expected: 0B or more)");
        }
    }

    private void checkDoors(List<String> found) {
        if (maxConnections < 1 || maxConnections > 100_000) {
            found.add("tongmai.gateway.max-connections: " + maxConnections + " (expected: 1 to 100000)");
        }
        if (maxConnectionsPerProxy < 1 || maxConnectionsPerProxy > 100_000) {
            found.add("tongmai.gateway.max-connections-per-proxy: " + maxConnectionsPerProxy
                    + " (expected: 1 to 100000)");
        }
        for (GatewayKind door : GatewayKind.values()) {
            if (!HOST.matcher(host(door)).matches()) {
                found.add("tongmai.gateway.hosts." + name(door) + ": " + host(door) + " (expected: a local address)");
            }
        }
        checkProxies("tongmai.gateway.trusted-proxies", trustedProxies, found);
        if (requestTimeout.compareTo(Duration.ofMillis(100)) < 0) {
            found.add("tongmai.gateway.request-timeout: " + requestTimeout + " (expected: at least 100ms)");
        }
    }

    private void checkTls(List<String> found) {
        if (!tlsKeyStore.isEmpty() && !Files.isReadable(Path.of(tlsKeyStore))) {
            found.add("tongmai.gateway.tls-key-store: not readable (expected: a PKCS 12 file)");
        }
        if (tlsKeyStore.isEmpty() != tlsKeyStorePasswordFile.isEmpty()) {
            found.add("tongmai.gateway.tls-key-store-password-file: (expected: set when tls-key-store is)");
        }
        if (!tlsTrustStore.isEmpty() && !Files.isReadable(Path.of(tlsTrustStore))) {
            found.add("tongmai.gateway.tls-trust-store: not readable (expected: a PKCS 12 file)");
        }
        for (GatewayKind door : GatewayKind.values()) {
            // Without both files no certificate is asked for, and who relies on one would let everybody in.
            if (tlsClientAuthentication.of(door) != ClientCertificates.Asked.NONE
                    && (tlsKeyStore.isEmpty() || tlsTrustStore.isEmpty())) {
                found.add("tongmai.gateway.tls-client-authentication." + name(door)
                        + ": (expected: none, or tls-key-store and tls-trust-store as well)");
            }
        }
    }

    private void checkFiles(List<String> found) {
        if (!keys.isEmpty() && !Files.isDirectory(Path.of(keys))) {
            found.add("tongmai.gateway.keys: not there (expected: a folder)");
        }
        if (!pkcs11.isEmpty() && !Files.isReadable(Path.of(pkcs11))) {
            found.add("tongmai.gateway.pkcs11: not readable (expected: a configuration file of SunPKCS11)");
        }
        if (pkcs11.isEmpty() != pkcs11PinFile.isEmpty()) {
            found.add("tongmai.gateway.pkcs11-pin-file: (expected: set when pkcs11 is)");
        }
        if (!accounts.isEmpty() && !Files.isDirectory(Path.of(accounts))) {
            found.add("tongmai.gateway.accounts: not there (expected: a directory)");
        }
        clearFtpHosts.stream()
                .filter(host -> !HOST.matcher(host).matches())
                .forEach(host ->
                        found.add("tongmai.gateway.clear-ftp-hosts: " + host + " (expected: names or addresses)"));
        if (!exchangeKeys.isEmpty() && !Files.isDirectory(Path.of(exchangeKeys))) {
            found.add("tongmai.gateway.exchange-keys: not there (expected: a directory)");
        }
    }

    /** A gateway as settings name it. */
    public static String name(GatewayKind door) {
        return door.name().toLowerCase(Locale.ROOT);
    }

    static void checkProxies(String setting, List<String> blocks, List<String> found) {
        blocks.stream()
                .filter(block -> !TrustedProxies.isOne(block))
                .forEach(block -> found.add(
                        setting + ": " + block + " (expected: addresses, or blocks of them of /8 or narrower)"));
    }
}
