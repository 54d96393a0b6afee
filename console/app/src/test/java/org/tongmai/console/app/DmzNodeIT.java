package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The platform as it stands in a DMZ: one gateway alone, TLS at every port, callers that show a certificate, and a proxy in
 * front of the console.
 */
class DmzNodeIT {
    private static final String PROXY = "127.0.0.9";
    private static final KeyAndTrust TLS = new KeyAndTrust();

    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform(
            "--tongmai.node-name=dmz",
            "--tongmai.console.tls-key-store=" + TLS.key(),
            "--tongmai.console.tls-key-store-password-file=" + TLS.passwordFile(),
            "--tongmai.console.trusted-proxies=" + PROXY,
            "--tongmai.gateway.doors=open",
            "--tongmai.gateway.hosts.open=127.0.0.1",
            "--tongmai.gateway.domains=internet",
            "--tongmai.gateway.trusted-proxies=" + PROXY,
            "--tongmai.gateway.tls-key-store=" + TLS.key(),
            "--tongmai.gateway.tls-key-store-password-file=" + TLS.passwordFile(),
            "--tongmai.gateway.tls-trust-store=" + TLS.trust(),
            "--tongmai.gateway.tls-trust-store-password-file=" + TLS.passwordFile(),
            "--tongmai.gateway.tls-client-authentication.open=need");

    private static final HttpClient SHOWING =
            HttpClient.newBuilder().sslContext(TLS.shown()).build();
    private static final HttpClient NOT_SHOWING =
            HttpClient.newBuilder().sslContext(TLS.notShown()).build();

    private final PlatformPorts ports = PLATFORM.ports();

    @Test
    void console_api_and_fhir_are_there_by_tls_alone_with_hsts_and_cookies_that_never_go_in_clear() throws Exception {
        HttpResponse<String> page = console("/login");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.sslSession()).isPresent();
        assertThat(page.headers().firstValue("strict-transport-security"))
                .get()
                .asString()
                .contains("max-age=");
        assertThat(page.headers().allValues("set-cookie")).isNotEmpty().allSatisfy(cookie -> assertThat(cookie)
                .containsIgnoringCase("; secure"));
        assertThat(console("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(as("service", "/fhir/metadata").statusCode()).isEqualTo(200);
        assertThat(as("service", "/api/journal/stats").statusCode()).isEqualTo(200);

        String inClear = clear("GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(inClear).doesNotContain("password");
        assertThat(inClear.isEmpty() || inClear.startsWith("HTTP/1.1 400")).isTrue();
    }

    @Test
    void a_failed_login_is_recorded_with_the_address_of_who_tried_and_not_with_what_anybody_says() throws Exception {
        assertThat(wrongPassword(PROXY, "198.51.100.1, 203.0.113.50")).startsWith("HTTP/1.1 401");
        assertThat(wrongPassword("127.0.0.1", "203.0.113.51")).startsWith("HTTP/1.1 401");
        assertThat(wrongPassword(PROXY, "nobody")).startsWith("HTTP/1.1 400");

        await().untilAsserted(() -> assertThat(
                        as("audit-administrator", "/api/audit?act=login.failed").body())
                .contains("\"203.0.113.50\"", "\"127.0.0.1\"")
                .doesNotContain("203.0.113.51", "198.51.100.1"));
    }

    @Test
    void the_open_gateway_alone_has_a_port_and_hears_only_who_shows_a_certificate() throws Exception {
        for (int closed : List.of(ports.gatewayBus(), ports.gatewayUser())) {
            assertThatThrownBy(() -> new Socket("127.0.0.1", closed)).isInstanceOf(ConnectException.class);
        }
        assertThatThrownBy(() -> new Socket("127.0.0.2", ports.gatewayOpen()))
                .as("at another address of this machine")
                .isInstanceOf(ConnectException.class);
        URI nothing = URI.create("https://127.0.0.1:" + ports.gatewayOpen() + "/nothing");

        HttpResponse<String> answer =
                SHOWING.send(HttpRequest.newBuilder(nothing).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("TM-GATE-0001");
        assertThatThrownBy(
                        () -> NOT_SHOWING.send(HttpRequest.newBuilder(nothing).build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_gateway_believes_its_proxies_alone_when_they_say_for_whom_they_call() throws Exception {
        assertThat(nothing(PROXY, "nobody")).startsWith("HTTP/1.1 400").contains("TM-HTTP-0007");
        assertThat(nothing("127.0.0.1", "nobody")).startsWith("HTTP/1.1 404");
    }

    @Test
    void services_of_closed_gateways_and_other_domains_are_not_carried_and_the_node_says_what_it_has()
            throws Exception {
        publish("ACTIVE", 0);

        assertThat(names(json("service", "/api/gateway/services"), "id")).containsExactly("open-internet");
        JsonNode node = json("service", "/api/gateway/nodes").get(0);
        assertThat(node.path("node").asText()).isEqualTo("dmz");
        assertThat(node.path("doors").toString()).isEqualTo("[\"OPEN\"]");
        assertThat(node.path("domains").toString()).isEqualTo("[\"internet\"]");

        JsonNode transports = json("service", "/api/gateway/transports");
        assertThat(names(transports.path("services"), "kind")).contains("http", "soap", "mllp");
        assertThat(names(transports.path("listeners"), "kind")).containsExactly("mllp");

        publish("SUSPENDED", 1);
        assertThat(console("/actuator/health/readiness").statusCode()).isEqualTo(503);
        publish("ACTIVE", 2);
        assertThat(console("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private void publish(String state, int basedOn) throws Exception {
        String service =
                """
                {"id": "%s", "domain": "%s", "gateways": ["%s"], "methods": ["GET"], "path": "/%s", "access": {%s},
                 "transport": {"kind": "http", "targets": [{"url": "http://127.0.0.1:9"}]}}""";
        String open = "\"signatures\": [\"sm2-sm3\"]";
        String rules =
                """
                {"serviceDomains": [{"id": "internet"}, {"id": "intranet"}], "nodes": [{"id": "dmz", "state": "%s"}],
                 "services": [%s, %s, %s]}"""
                        .formatted(
                                state,
                                service.formatted("open-internet", "internet", "OPEN", "a", open),
                                service.formatted("open-intranet", "intranet", "OPEN", "b", open),
                                service.formatted("bus-internet", "internet", "BUS", "c", open));
        HttpResponse<String> answer = NOT_SHOWING.send(
                basic("security-administrator", "/api/gateway/rules?note=test&basedOn=" + basedOn)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(rules))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> console(String path) throws Exception {
        return NOT_SHOWING.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> as(String account, String path) throws Exception {
        return NOT_SHOWING.send(basic(account, path).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String account, String path) throws Exception {
        return new ObjectMapper().readTree(as(account, path).body());
    }

    private static List<String> names(JsonNode list, String member) {
        return list.findValuesAsText(member);
    }

    private HttpRequest.Builder basic(String account, String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", credentials(account, PLATFORM.client().password(account)));
    }

    private static String credentials(String account, String password) {
        String login = account + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + ports.http() + path);
    }

    private String wrongPassword(String peer, String forwardedFor) throws IOException {
        try (Socket socket = connected(TLS.notShown(), peer, ports.http())) {
            return said(
                    socket,
                    "GET /api/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: " + forwardedFor
                            + "\r\nAuthorization: " + credentials("operator", "wrong") + "\r\n\r\n");
        }
    }

    private String nothing(String peer, String forwardedFor) throws IOException {
        try (Socket socket = connected(TLS.shown(), peer, ports.gatewayOpen())) {
            return said(
                    socket,
                    "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: " + forwardedFor
                            + "\r\n\r\n");
        }
    }

    private static Socket connected(SSLContext tls, String peer, int port) throws IOException {
        return tls.getSocketFactory()
                .createSocket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(peer), 0);
    }

    private String clear(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", ports.http())) {
            return said(socket, request);
        }
    }

    private static String said(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
