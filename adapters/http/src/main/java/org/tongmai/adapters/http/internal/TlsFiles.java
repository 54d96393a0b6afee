package org.tongmai.adapters.http.internal;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.util.Set;

/**
 * TLS from PKCS #12 files.
 *
 * @param keyStore file with the own key and certificate; empty for none
 * @param keyStorePassword of that file and of the key in it
 * @param trustStore file with the certificates trusted; empty for those of the Java runtime
 * @param trustStorePassword of that file
 */
record TlsFiles(String keyStore, String keyStorePassword, String trustStore, String trustStorePassword) {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    /** @param clientAuthentication {@code none}, {@code want} or {@code need} */
    void forServer(HttpServerOptions options, String clientAuthentication) {
        if (keyStore.isEmpty()) {
            return;
        }
        options.setClientAuth(
                switch (clientAuthentication) {
                    case "need" -> ClientAuth.REQUIRED;
                    case "want" -> ClientAuth.REQUEST;
                    case "none", "" -> ClientAuth.NONE;
                    default ->
                        throw new IllegalArgumentException("tlsClientAuthentication: expected none, want or need");
                });
        apply(options);
    }

    /** The called host's name is checked against its certificate. */
    void forClient(HttpClientOptions options) {
        options.setVerifyHost(true);
        apply(options);
        options.setSsl(false);
    }

    private void apply(TCPSSLOptions options) {
        options.setEnabledSecureTransportProtocols(PROTOCOLS).setSsl(true);
        if (!keyStore.isEmpty()) {
            options.setPfxKeyCertOptions(new PfxOptions().setPath(keyStore).setPassword(keyStorePassword));
        }
        if (!trustStore.isEmpty()) {
            options.setPfxTrustOptions(new PfxOptions().setPath(trustStore).setPassword(trustStorePassword));
        }
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "TlsFiles[" + (keyStore.isEmpty() ? "" : "own key ") + (trustStore.isEmpty() ? "" : "own trust") + "]";
    }
}
