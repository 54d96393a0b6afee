package org.tongmai.console.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The service bus and its gateways.
 *
 * @param host local address the gateways listen on
 * @param domains service domains this node serves; empty for all
 * @param maxBody largest request that is held in memory; a service may take less, and more where it takes large contents
 * @param spoolAbove bytes up to which a content is held in memory though its service takes large ones, which go into files
 * @param spoolRoom room of the contents in files together, in the data directory; one sender has a quarter of it, all three
 *     quarters, answers the rest
 * @param diskFree of the disk of the data directory, which database and broker may write to as well: where less is free, no
 *     content goes into a file
 * @param maxConnections connections of one gateway open at once
 * @param requestTimeout how long a request may take to arrive
 * @param tlsKeyStore PKCS 12 file with the key of the gateways; empty for no TLS
 * @param tlsKeyStorePasswordFile file whose first line is its password
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
 * @param pseudonymKeyFile file whose first line, at least 16 characters, makes the pseudonyms of users in the audit log; the
 *     same on all nodes. Empty for a key that changes with every start
 */
public record GatewaySettings(
        @DefaultValue("0.0.0.0") String host,
        @DefaultValue List<String> domains,
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue("1MB") DataSize spoolAbove,
        @DefaultValue("4GB") DataSize spoolRoom,
        @DefaultValue("1GB") DataSize diskFree,
        @DefaultValue("2000") int maxConnections,
        @DefaultValue("15s") Duration requestTimeout,
        @DefaultValue("") String tlsKeyStore,
        @DefaultValue("") String tlsKeyStorePasswordFile,
        @DefaultValue("") String keys,
        @DefaultValue("") String keysPasswordFile,
        @DefaultValue("") String pkcs11,
        @DefaultValue("") String pkcs11PinFile,
        @DefaultValue("") String exchangeKeys,
        @DefaultValue("") String accounts,
        @DefaultValue List<String> clearFtpHosts,
        @DefaultValue("") String pseudonymKeyFile) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]+");

    void check(List<String> found) {
        checkKeys(found);
        if (maxBody.toKilobytes() < 1 || maxBody.toMegabytes() > 256) {
            found.add("tongmai.gateway.max-body: " + maxBody + " (expected: 1KB to 256MB)");
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
        if (maxConnections < 1 || maxConnections > 100_000) {
            found.add("tongmai.gateway.max-connections: " + maxConnections + " (expected: 1 to 100000)");
        }
        if (requestTimeout.compareTo(Duration.ofMillis(100)) < 0) {
            found.add("tongmai.gateway.request-timeout: " + requestTimeout + " (expected: at least 100ms)");
        }
        if (!tlsKeyStore.isEmpty() && !Files.isReadable(Path.of(tlsKeyStore))) {
            found.add("tongmai.gateway.tls-key-store: not readable (expected: a PKCS 12 file)");
        }
        if (tlsKeyStore.isEmpty() != tlsKeyStorePasswordFile.isEmpty()) {
            found.add("tongmai.gateway.tls-key-store-password-file: (expected: set when tls-key-store is)");
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

    private void checkKeys(List<String> found) {
        if (!keys.isEmpty() && !Files.isDirectory(Path.of(keys))) {
            found.add("tongmai.gateway.keys: not there (expected: a folder)");
        }
        if (!pkcs11.isEmpty() && !Files.isReadable(Path.of(pkcs11))) {
            found.add("tongmai.gateway.pkcs11: not readable (expected: a configuration file of SunPKCS11)");
        }
        if (pkcs11.isEmpty() != pkcs11PinFile.isEmpty()) {
            found.add("tongmai.gateway.pkcs11-pin-file: (expected: set when pkcs11 is)");
        }
    }
}
