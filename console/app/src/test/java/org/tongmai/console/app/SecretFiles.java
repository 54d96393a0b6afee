package org.tongmai.console.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.util.FileSystemUtils;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Sm4Key;

/** Keys and passwords that an operator puts into files for the platform; each is looked for afterwards. */
final class SecretFiles {
    final SecretSearch search = new SecretSearch();
    final Sm2PrivateKey sm2 = Sm2PrivateKey.generate();
    final RsaPrivateKey rsa = RsaPrivateKey.generate();
    final byte[] code = random();
    final String sftpPassword = text("password of a bundle's SFTP server, by command line");
    final String accountPassword = text("password of an account on a server of the gateways");
    private final Path folder;

    SecretFiles() {
        try {
            folder = Files.createTempDirectory("tongmai-secrets");
            String password = text("password of the gateways' keys");
            write("keys-password", password);
            write("keys/gw-sm2.pem", PemKeys.write(sm2, password.toCharArray()));
            write("keys/gw-rsa.pem", PemKeys.write(rsa));
            write("keys/app-code.hmac", HexFormat.of().formatHex(code));
            write("keys/gw-sm4.sm4", HexFormat.of().formatHex(secret("SM4 key of the gateways", Sm4Key.BYTES)));
            write("exchange/channel.key", text("key shared with an identity provider"));
            write("accounts/district.password", accountPassword);
            write("accounts/stranger.password", text("password that a server of the gateways does not take"));
            write("pseudonyms", text("key of the pseudonyms"));
            String kek = text("key that seals tenants' secrets and second factors");
            write("kek", kek);
            search.secret(
                    "that key as it is used",
                    Arrays.copyOf(Sm3.digest(kek.getBytes(StandardCharsets.UTF_8)), Sm4Key.BYTES));
            write("tls-password", text("password of the key store"));
            search.secret("SM2 key of the gateways", sm2.number());
            search.secret("HMAC-SM3 key of an application", code);
            rsaKey();
            keyStore();
            String bundle = "vaccination-to-district";
            FileSystemUtils.copyRecursively(
                    SourceTree.root().resolve("routes/bundles").resolve(bundle),
                    folder.resolve("bundles").resolve(bundle));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String[] arguments() {
        return new String[] {
            "--tongmai.gateway.keys=" + folder.resolve("keys"),
            "--tongmai.gateway.keys-password-file=" + folder.resolve("keys-password"),
            "--tongmai.gateway.accounts=" + folder.resolve("accounts"),
            "--tongmai.gateway.exchange-keys=" + folder.resolve("exchange"),
            "--tongmai.gateway.pseudonym-key-file=" + folder.resolve("pseudonyms"),
            "--tongmai.gateway.tls-key-store=" + folder.resolve("tls.p12"),
            "--tongmai.gateway.tls-key-store-password-file=" + folder.resolve("tls-password"),
            "--tongmai.bundles.tenant-key-file=" + folder.resolve("kek"),
            "--tongmai.bundles.directory=" + folder.resolve("bundles"),
            "--tongmai.bundles.vaccination-to-district.district.sftp.password=" + sftpPassword
        };
    }

    Path folder() {
        return folder;
    }

    /** Trusts the gateways' certificate. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(folder.resolve("tls.p12").toFile(), tlsPassword()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private char[] tlsPassword() throws IOException {
        return Files.readString(folder.resolve("tls-password")).toCharArray();
    }

    /** A new text that is looked for. */
    String text(String name) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random());
        search.secret(name, text);
        return text;
    }

    private byte[] secret(String name, int length) {
        byte[] bytes = Arrays.copyOf(random(), length);
        search.secret(name, bytes);
        return bytes;
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void rsaKey() throws GeneralSecurityException {
        byte[] info = PemKeys.privateKeyInfo(PemKeys.write(rsa), new char[0]);
        var key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(info));
        search.secret("RSA key of the gateways", key.getPrimeP().toByteArray());
        search.secret(
                "exponent of the RSA key of the gateways",
                key.getPrivateExponent().toByteArray());
    }

    private void keyStore() throws IOException, GeneralSecurityException {
        Path store = folder.resolve("tls.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gateway",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:file",
                folder.resolve("tls-password").toString());
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.txt")));
        }
        KeyStore read = KeyStore.getInstance(store.toFile(), tlsPassword());
        search.secret(
                "key of the key store", read.getKey("gateway", tlsPassword()).getEncoded());
    }
}
