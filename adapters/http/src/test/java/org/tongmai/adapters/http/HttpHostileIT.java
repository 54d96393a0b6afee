package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.adapters.http.internal.AsyncHttpEndpoint;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class HttpHostileIT {
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final CompletableFuture<Void> HELD = new CompletableFuture<>();
    private static int port;
    private static int small;
    private static int shared;

    /**
     * Answers with path and content; what is called /slow answers 300 ms later, what is called /held when it is let go,
     * what is called /torn with a field that nobody can write.
     */
    private static final class Answering extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            HttpCall call = exchange.getMessage().getBody(HttpCall.class);
            CALLS.incrementAndGet();
            long delay = call.path().startsWith("/slow") ? 300 : 0;
            Executor later = CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS);
            (call.path().startsWith("/held") ? HELD : CompletableFuture.<Void>completedFuture(null))
                    .thenRunAsync(
                            () -> {
                                String text = call.target() + "|" + new String(call.body(), StandardCharsets.UTF_8);
                                HttpFields fields = call.path().startsWith("/torn")
                                        ? HttpFields.of("x-fine", "1", "x-torn", "a\r\nb")
                                        : HttpFields.NONE;
                                exchange.getMessage()
                                        .setBody(new HttpAnswer(200, fields, text.getBytes(StandardCharsets.UTF_8)));
                                callback.done(false);
                            },
                            later);
            return false;
        }
    }

    @BeforeAll
    static void listen() throws Exception {
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0);
                ServerSocket third = new ServerSocket(0)) {
            shared = third.getLocalPort();
            port = free.getLocalPort();
            small = another.getLocalPort();
        }
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:http-source?host=127.0.0.1&port=" + port
                                + "&maxBody=1000&requestTimeout=700ms&idleTimeout=2s&maxConnections=50")
                        .process(new Answering());
                from("kamelet:http-source?host=127.0.0.1&port=" + small + "&maxBody=1000&maxBytesInFlight=1500")
                        .process(new Answering());
                from("kamelet:http-source?host=127.0.0.1&port=" + shared + "&maxBody=1000&maxBytesInFlight=8000")
                        .process(new Answering());
            }
        });
        CAMEL.start();
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws IOException {
        try (RawConnection raw = new RawConnection(port)) {
            raw.write("GET /slow/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /fast/2?a=%20b HTTP/1.1\r\nHost: x\r\n\r\n");
            StringBuilder heard = new StringBuilder();
            await().until(() -> heard.append(raw.hear(300).text()).indexOf("/fast/2") > 0);
            assertThat(heard.indexOf("/slow/1|")).isLessThan(heard.indexOf("/fast/2?a=%20b|"));
        }
    }

    @Test
    void chunks_become_one_content() throws IOException {
        assertThat(
                        send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                                .text())
                .endsWith("/a|abcde");
    }

    @Test
    void a_caller_that_asks_first_is_told_to_go_on() throws IOException {
        try (RawConnection raw = new RawConnection(port)) {
            raw.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.hear(300).status()).isEqualTo(100);
            assertThat(raw.write("ab").hear(300).text()).endsWith("/a|ab");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + "GET /b HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 5\r\n\r\nabcde",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nabc",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "POST /a HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\u000bchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "GET /a HTTP/1.1\nHost: x\n\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
                "GET /a HTTP/1.1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET http://other/a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT other:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /a HTTP/9.9\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void a_request_with_two_readings_or_none_is_refused_and_its_connection_closed(String request) throws IOException {
        int before = CALLS.get();
        RawConnection.Heard heard = refused(request);
        assertThat(heard.closed()).as(heard.text()).isTrue();
        assertThat(heard.status()).as(heard.text()).isIn(0, 400, 501, 505);
        assertThat(CALLS).hasValue(before);
    }

    @Test
    void too_long_a_line_too_much_of_a_head_and_too_much_content_are_refused() throws IOException {
        assertThat(refused("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .status())
                .isEqualTo(414);
        assertThat(refused("GET /a HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")
                        .status())
                .isEqualTo(431);
        assertThat(refused("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n")
                        .status())
                .isEqualTo(413);
        RawConnection.Heard chunked = refused("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n"
                + "a".repeat(2_000) + "\r\n0\r\n\r\n");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.closed()).isTrue();
    }

    @Test
    void who_sends_no_end_of_many_contents_takes_no_room_from_other_senders() throws IOException {
        List<RawConnection> hoarding = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                hoarding.add(new RawConnection(shared, "127.0.0.2")
                        .write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(900)));
            }
            assertThat(hoarding.get(19).hear(2_000).text())
                    .startsWith("HTTP/1.1 503")
                    .contains("TM-HTTP-0003");
            String whole = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "b".repeat(1_000);
            try (RawConnection other = new RawConnection(shared, "127.0.0.3").write(whole)) {
                assertThat(other.hear(2_000).text()).endsWith("b".repeat(1_000));
            }
        } finally {
            for (RawConnection each : hoarding) {
                each.close();
            }
        }
        await().until(() -> {
            try (RawConnection again = new RawConnection(shared, "127.0.0.2")
                    .write("POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nc")) {
                return again.hear(300).text().endsWith("/c|c");
            }
        });
    }

    @Test
    void who_is_too_slow_with_head_or_content_is_cut_off_and_others_notice_nothing() throws Exception {
        try (RawConnection head = new RawConnection(port);
                RawConnection body = new RawConnection(port)) {
            head.write("GET /a HTTP/1.1\r\nHost: x\r\n");
            body.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab");
            assertThat(send("GET /c HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(200);
            StringBuilder heard = new StringBuilder();
            await().until(() -> heard.append(body.hear(300).text()).indexOf("408") > 0);
            await().atMost(Duration.ofSeconds(5)).until(() -> head.hear(300).closed());
        }
    }

    @Test
    void connections_beyond_the_limit_are_closed_and_make_room_again() throws Exception {
        List<RawConnection> all = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                all.add(new RawConnection(port));
            }
            assertThat(all.get(59).hear(5_000).closed()).isTrue();
        } finally {
            for (RawConnection each : all) {
                each.close();
            }
        }
        await().until(() -> send("GET /c HTTP/1.1\r\nHost: x\r\n\r\n").status() == 200);
    }

    @Test
    void a_connection_that_ends_while_a_request_waits_behind_another_makes_room_again() throws IOException {
        for (int i = 0; i < 60; i++) {
            int before = CALLS.get();
            try (RawConnection raw = new RawConnection(port)) {
                raw.write("GET /slow/1 HTTP/1.1\r\nHost: x\r\n\r\n"
                        + "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
                await().pollInterval(Duration.ofMillis(2)).until(() -> CALLS.get() > before);
            }
        }
        assertThat(send("GET /c HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(200);
        await().until(() -> underWay() == 0);
    }

    @Test
    void what_no_route_saw_is_counted_by_its_code() throws IOException {
        long unreadable = refusals("TM-HTTP-0004");
        long tooLarge = refusals("TM-HTTP-0001");

        refused("GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        refused("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        refused("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");

        assertThat(refusals("TM-HTTP-0004")).isEqualTo(unreadable + 2);
        assertThat(refusals("TM-HTTP-0001")).isEqualTo(tooLarge + 1);
    }

    private static long refusals(String code) {
        return CAMEL.getEndpoints().stream()
                .filter(each -> each instanceof AsyncHttpEndpoint
                        && each.getEndpointUri().contains(":" + port))
                .mapToLong(each -> ((AsyncHttpEndpoint) each).getRefused().getOrDefault(code, 0L))
                .sum();
    }

    @Test
    void what_a_route_still_holds_counts_though_its_caller_is_gone() throws IOException {
        String content = " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(1_000);
        int before = CALLS.get();
        try (RawConnection raw = new RawConnection(small)) {
            raw.write("POST /held" + content);
            await().until(() -> CALLS.get() > before);
        }
        for (int i = 0; i < 3; i++) { // some time passes: the close is noticed
            try (RawConnection raw = new RawConnection(small)) {
                assertThat(raw.write("POST /b" + content).hear(500).status()).isEqualTo(503);
            }
        }
        HELD.complete(null);
        await().until(() -> {
            try (RawConnection raw = new RawConnection(small)) {
                return raw.write("POST /b" + content).hear(300).status() == 200;
            }
        });
    }

    @Test
    void a_request_that_comes_before_its_route_is_there_is_told_so_at_once_and_holds_nobody() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext();
                ServerSocket free = new ServerSocket(0)) {
            int opening = free.getLocalPort();
            free.close();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:http-source?host=127.0.0.1&port=" + opening)
                            .routeId("behind")
                            .process(new Answering());
                }
            });
            camel.start();
            camel.getRouteController().stopRoute("behind"); // the listener is the kamelet's, and stays
            try (RawConnection raw = new RawConnection(opening)) {
                RawConnection.Heard heard =
                        raw.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").hear(3_000);
                assertThat(heard.status()).isEqualTo(503);
                assertThat(heard.text()).contains("TM-HTTP-0006");
                camel.getRouteController().startRoute("behind");
                assertThat(raw.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                                .hear(3_000)
                                .text())
                        .contains("200 OK");
            }
        }
    }

    @Test
    void a_folded_line_belongs_to_the_value_before_it() throws IOException {
        RawConnection.Heard heard = send(
                "POST /a HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: 3\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(heard.text()).contains("/a|").contains("/b|");
    }

    @Test
    void an_answer_that_can_not_be_written_ends_its_request_and_its_connection() throws IOException {
        RawConnection.Heard heard = refused("GET /torn HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(heard.status()).isEqualTo(500);
        assertThat(heard.text()).contains("TM-HTTP-0005").doesNotContain("x-fine");
        assertThat(heard.closed()).isTrue();
        await().until(() -> underWay() == 0);
    }

    private static int underWay() {
        return CAMEL.getRoutes().stream()
                .filter(each -> each.getEndpoint().getEndpointUri().contains(":" + port))
                .mapToInt(each -> ((ShutdownAware) each.getConsumer()).getPendingExchangesSize())
                .sum();
    }

    private static RawConnection.Heard send(String request) throws IOException {
        try (RawConnection raw = new RawConnection(port)) {
            return raw.write(request).hear(300);
        }
    }

    private static RawConnection.Heard refused(String request) throws IOException {
        try (RawConnection raw = new RawConnection(port)) {
            return raw.write(request).hear(5_000);
        }
    }
}
