package org.tongmai.routes.engine.gateway;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One key for both sides of a connection by TLS, and a store without a password that trusts it. */
final class MllpCertificates {
    private static final String PASSWORD = GatewayNode.ACCOUNT_PASSWORD;

    private final Path folder;

    MllpCertificates(Path folder) throws Exception {
        this.folder = folder;
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool") + " -genkeypair -alias k -keyalg EC"
                + " -groupname secp256r1 -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -storetype PKCS12 -validity 30 -storepass "
                + PASSWORD
                + " -keystore " + keys();
        Path said = folder.resolve("keytool.txt");
        Process made = new ProcessBuilder(keytool.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(said));
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("k", store().getCertificate("k"));
        try (OutputStream out = Files.newOutputStream(trust())) {
            trust.store(out, new char[0]);
        }
    }

    /** With the password of the account {@code district}. */
    Path keys() {
        return folder.resolve("keys.p12");
    }

    Path trust() {
        return folder.resolve("trust.p12");
    }

    /** A client that shows the certificate. */
    SSLContext shown() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(), PASSWORD.toCharArray());
        SSLContext context = notShown();
        context.init(keys.getKeyManagers(), trusted().getTrustManagers(), null);
        return context;
    }

    /** A client that shows none; of a version where that ends the handshake itself. */
    SSLContext notShown() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, trusted().getTrustManagers(), null);
        return context;
    }

    private TrustManagerFactory trusted() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store());
        return trust;
    }

    private KeyStore store() throws Exception {
        return KeyStore.getInstance(keys().toFile(), PASSWORD.toCharArray());
    }
}
