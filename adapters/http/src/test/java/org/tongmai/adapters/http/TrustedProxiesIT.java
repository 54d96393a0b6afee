package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Who calls, where a reverse proxy stands between; the proxies are addresses of this machine. */
class TrustedProxiesIT {
    private static final String PROXY = "127.0.0.9";
    private static final String ANYBODY = "127.0.0.1";
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static int port;

    @BeforeAll
    static void listen() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:http-source?host=127.0.0.1&port=" + port + "&trustedProxies=" + PROXY
                                + "/32,127.0.1.0/24,2001:db8:1::/48&maxConnectionsPerAddress=2&maxConnectionsPerProxy=4")
                        .process(exchange -> exchange.getMessage()
                                .setBody(new HttpAnswer(
                                        200,
                                        HttpFields.NONE,
                                        exchange.getMessage()
                                                .getBody(HttpCall.class)
                                                .remoteAddress()
                                                .getBytes(StandardCharsets.UTF_8))));
            }
        });
        CAMEL.start();
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    /** Fields are parted by a vertical bar. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "127.0.0.9; 203.0.113.9; 203.0.113.9",
                "127.0.1.77; 203.0.113.9; 203.0.113.9",
                "127.0.0.9; 198.51.100.7, 203.0.113.9, 127.0.1.5, 2001:db8:1::5; 203.0.113.9",
                "127.0.0.9; 198.51.100.7|203.0.113.9; 203.0.113.9",
                "127.0.0.9; 203.0.113.9|127.0.1.5; 203.0.113.9",
                "127.0.0.9; 2001:DB8:2::1; 2001:db8:2:0:0:0:0:1",
                "127.0.0.1; 203.0.113.9; 127.0.0.1",
                "127.0.2.1; 127.0.0.9; 127.0.2.1",
                "127.0.0.1; no address; 127.0.0.1"
            })
    void a_call_comes_from_whom_a_trusted_proxy_calls_for_and_of_nobody_else_is_that_believed(
            String peer, String fields, String caller) throws IOException {
        assertThat(heard(peer, fields.split("\\|")).text()).endsWith("\r\n\r\n" + caller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "203.0.113.9:4711", "203.0.113.9,", "203.0.113.9, _hidden"})
    void what_a_trusted_proxy_says_that_is_no_address_is_refused(String field) throws IOException {
        RawConnection.Heard heard = heard(PROXY, field);

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.text()).contains("TM-HTTP-0007");
    }

    @Test
    void each_call_of_one_connection_has_its_own_caller() throws IOException {
        try (RawConnection proxy = new RawConnection(port, PROXY)) {
            assertThat(proxy.write(request("203.0.113.1")).hear(200).text()).endsWith("203.0.113.1");
            assertThat(proxy.write(request("203.0.113.2")).hear(200).text()).endsWith("203.0.113.2");
            assertThat(proxy.write(request()).hear(200).text()).endsWith(PROXY);
        }
    }

    @Test
    void a_proxy_has_more_connections_than_an_address_and_not_as_many_as_it_likes() {
        // Those of tests before may still be closing.
        await().untilAsserted(() -> assertThat(most(ANYBODY)).isEqualTo(2));
        await().untilAsserted(() -> assertThat(most(PROXY)).isEqualTo(4));
    }

    @Test
    void who_calls_has_a_share_of_the_spool_and_not_its_proxy(@TempDir Path directory) throws Exception {
        try (LargeListener listener = new LargeListener(directory);
                RawConnection one = new RawConnection(listener.port, LargeListener.PROXY);
                RawConnection same = new RawConnection(listener.port, LargeListener.PROXY);
                RawConnection other = new RawConnection(listener.port, LargeListener.PROXY)) {
            one.write(large("203.0.113.1"));
            await().until(() -> listener.spool.used() > 0);

            assertThat(same.write(large("203.0.113.1")).hear(500).status()).isEqualTo(503);
            assertThat(other.write(large("203.0.113.2")).hear(500).status()).isZero();
        }
    }

    /** As much as one may have, of which nothing comes. */
    private static String large(String caller) {
        return "POST /large HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + caller + "\r\nContent-Length: "
                + LargeListener.MOST + "\r\n\r\n";
    }

    private static String request(String... forwardedFor) {
        StringBuilder request = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\n");
        for (String each : forwardedFor) {
            request.append("X-Forwarded-For: ").append(each).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    /** Other connections of the test may still be closing. */
    private static RawConnection.Heard heard(String peer, String... forwardedFor) {
        List<RawConnection.Heard> heard = new ArrayList<>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try (RawConnection raw = new RawConnection(port, peer)) {
                heard.add(raw.write(request(forwardedFor)).hear(200));
            }
            return heard.get(heard.size() - 1).status() > 0;
        });
        return heard.get(heard.size() - 1);
    }

    private static boolean isHeard(RawConnection connection) {
        try {
            return connection.write(request()).hear(200).status() == 200;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    /** Connections of an address that are answered while the others are open. */
    private static int most(String peer) throws IOException {
        heard(peer);
        List<RawConnection> open = new ArrayList<>();
        try {
            while (open.size() < 10) {
                RawConnection next = new RawConnection(port, peer);
                open.add(next);
                if (!isHeard(next)) {
                    return open.size() - 1;
                }
            }
            return open.size();
        } finally {
            for (RawConnection each : open) {
                each.close();
            }
        }
    }
}
