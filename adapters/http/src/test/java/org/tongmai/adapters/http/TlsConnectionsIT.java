package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpFields;

/** A door with TLS, at one address and at all of the machine: who connects and says nothing. */
class TlsConnectionsIT {
    private static final String PASSWORD = "s3cret-word";
    private static final int OF_ADDRESS = 3;
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    private static Path keyStore;

    @BeforeAll
    static void listen(@TempDir Path folder) throws Exception {
        keyStore = folder.resolve("key.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool") + " -genkeypair -alias k -keyalg EC"
                + " -groupname secp256r1 -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -storetype PKCS12 -validity 30"
                + " -storepass " + PASSWORD + " -keystore " + keyStore;
        assertThat(new ProcessBuilder(keytool.split(" ")).start().waitFor()).isZero();
        CAMEL.start();
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void connections_count_for_their_sender_before_their_handshake_and_no_more_when_they_end(String host)
            throws Exception {
        int port = listenAt(host);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 4 * OF_ADDRESS; i++) {
            silent.add(new Socket("127.0.0.1", port, InetAddress.getByName("127.0.0.2"), 0));
        }
        // Long before the time of a handshake is over.
        await().until(() -> silent.stream().filter(TlsConnectionsIT::isClosed).count() >= 3 * OF_ADDRESS);
        assertThat(silent.stream().filter(TlsConnectionsIT::isClosed)).hasSize(3 * OF_ADDRESS);
        assertThat(answer("127.0.0.3", port)).startsWith("HTTP/1.1 200");
        for (Socket socket : silent) {
            socket.close();
        }
        await().ignoreExceptions().until(() -> answer("127.0.0.2", port).startsWith("HTTP/1.1 200"));
    }

    private static int listenAt(String host) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:http-source?host=" + host + "&port=" + port + "&maxConnectionsPerAddress=" + OF_ADDRESS
                                + "&tlsKeyStore=" + keyStore + "&tlsKeyStorePassword=" + PASSWORD)
                        .process(exchange ->
                                exchange.getMessage().setBody(new HttpAnswer(200, HttpFields.NONE, new byte[0])));
            }
        });
        return port;
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(50);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static String answer(String from, int port) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            trusted.load(in, PASSWORD.toCharArray());
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("k", trusted.getCertificate("k"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, managers.getTrustManagers(), null);
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(from, 0));
            plain.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            Socket socket = tls.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
