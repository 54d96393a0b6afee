package org.tongmai.console.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.TrustedCertificateEntry;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key of this machine in PKCS #12, which trusts itself, and a file with its password. */
final class KeyAndTrust {
    /** Nothing of it may be taken for syntax on its way. */
    private static final String PASSWORD = "s3cret&+%)word";

    private final Path folder;

    KeyAndTrust() {
        try {
            folder = Files.createTempDirectory("tongmai-tls");
            make();
            Files.writeString(passwordFile(), PASSWORD + "\n");
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setEntry("k", new TrustedCertificateEntry(store().getCertificate("k")), null);
            try (OutputStream out = Files.newOutputStream(trust())) {
                trust.store(out, PASSWORD.toCharArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void make() throws IOException {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool") + " -genkeypair -alias k -keyalg EC"
                + " -groupname secp256r1 -dname CN=tongmai -ext san=ip:127.0.0.1 -storetype PKCS12 -validity 30"
                + " -storepass " + PASSWORD + " -keystore " + key();
        Path said = folder.resolve("keytool.txt");
        Process made = new ProcessBuilder(keytool.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (made.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path key() {
        return folder.resolve("key.p12");
    }

    Path trust() {
        return folder.resolve("trust.p12");
    }

    Path passwordFile() {
        return folder.resolve("password.txt");
    }

    /** A client that shows the certificate. */
    SSLContext shown() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(), PASSWORD.toCharArray());
            return context(keys.getKeyManagers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client that shows none; both trust the server's. */
    SSLContext notShown() {
        return context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager[] shown) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore trusted = KeyStore.getInstance(trust().toFile(), PASSWORD.toCharArray());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.2");
            context.init(shown, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(key().toFile(), PASSWORD.toCharArray());
    }
}
