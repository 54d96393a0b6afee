package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.journal.TestDatabase;

/** Services that hear nobody who shows no certificate. */
class CertificateTargetsIT {
    private static final List<String> SHOWN = new CopyOnWriteArrayList<>();
    private static TestDatabase database;
    private static HttpsServer service;
    private static GatewayNode node;

    @BeforeAll
    static void publish(@TempDir Path folder) throws Exception {
        MllpCertificates certificates = new MllpCertificates(folder);
        service = serving(certificates.shown());
        database = new TestDatabase();
        node = new GatewayNode(database.dataSource(), "certificates", Set.of(), Clock.systemUTC());
        try (InputStream in = CertificateTargetsIT.class.getResourceAsStream("certificate-rules.json")) {
            String rules = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(
                            "@BACKEND@",
                            "https://127.0.0.1:" + service.getAddress().getPort())
                    .replace("@KEYS@", certificates.keys().toString())
                    .replace("@TRUST@", certificates.trust().toString());
            node.registry.publish(rules, 0, "", "test");
        }
    }

    private static HttpsServer serving(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = tls.getDefaultSSLParameters();
                asked.setNeedClientAuth(true);
                parameters.setSSLParameters(asked);
            }
        });
        server.createContext("/", exchange -> {
            SHOWN.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            String path = exchange.getRequestURI().getPath();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", path.equals("/http") ? "application/json" : "text/xml");
            Backend.reply(
                    exchange,
                    200,
                    switch (path) {
                        case "/http" -> "{\"ok\":\"yes\"}";
                        case "/xml" -> "<found><ok>yes</ok></found>";
                        default ->
                            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>"
                                    + "<f:Found xmlns:f=\"urn:x\"><ok>yes</ok></f:Found></e:Body></e:Envelope>";
                    });
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterAll
    static void close() {
        node.close();
        service.stop(0);
        database.close();
    }

    @BeforeEach
    void forget() {
        SHOWN.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "soap", "xml"})
    void a_service_that_asks_for_a_certificate_is_shown_the_one_of_the_rule(String kind) {
        HttpResponse<String> answer = post("/" + kind);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"ok\":\"yes\"");
        assertThat(SHOWN).containsExactly("CN=127.0.0.1");
    }

    @Test
    void without_one_it_is_not_reached() {
        assertThat(code(post("/without"))).isEqualTo("TM-GATE-0021");
        assertThat(SHOWN).isEmpty();
    }

    private static HttpResponse<String> post(String path) {
        return SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.bus, path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":\"b\"}"))
                .build());
    }
}
