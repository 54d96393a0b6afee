package org.tongmai.adapters.hl7mllp.internal;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Opens TLS from PKCS #12 files.
 *
 * @param keyStore file with the own key and certificate; empty for none
 * @param keyStorePassword of that file and of the key in it
 * @param trustStore file with the certificates trusted; empty for those of the Java runtime
 * @param trustStorePassword of that file
 */
public record Tls(String keyStore, String keyStorePassword, String trustStore, String trustStorePassword) {
    private static final String TYPE = "PKCS12";
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /**
     * Makes the server's side.
     *
     * @param clientAuthentication {@code none}, {@code want} or {@code need}
     */
    public SslContext forServer(String clientAuthentication) throws IOException, GeneralSecurityException {
        ClientAuth clientAuth =
                switch (clientAuthentication) {
                    case "need" -> ClientAuth.REQUIRE;
                    case "want" -> ClientAuth.OPTIONAL;
                    case "none", "" -> ClientAuth.NONE;
                    default ->
                        throw new IllegalArgumentException("tlsClientAuthentication: expected none, want or need");
                };
        SslContextBuilder builder = SslContextBuilder.forServer(keys())
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .clientAuth(clientAuth);
        if (!trustStore.isEmpty()) {
            builder.trustManager(trusted());
        }
        return builder.build();
    }

    /** Makes the client's side; the receiver's host name is checked against its certificate. */
    public SslContext forClient() throws IOException, GeneralSecurityException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .endpointIdentificationAlgorithm("HTTPS");
        if (!keyStore.isEmpty()) {
            builder.keyManager(keys());
        }
        if (!trustStore.isEmpty()) {
            builder.trustManager(trusted());
        }
        return builder.build();
    }

    private KeyManagerFactory keys() throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(keyStore, keyStorePassword), keyStorePassword.toCharArray());
        return factory;
    }

    private TrustManagerFactory trusted() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(trustStore, trustStorePassword));
        return factory;
    }

    private static KeyStore load(String file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "Tls[" + (keyStore.isEmpty() ? "" : "own key ") + (trustStore.isEmpty() ? "" : "own trust") + "]";
    }
}
