package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** What is held of answers that nobody reads. */
class HeldAnswersIT {
    /** More than the two sides' buffers take, and all the room but for fewer bytes than a small one has. */
    private static final int LARGE = 40_000_000;

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    /** One is more than a quarter of what all may hold at the wide port, two are more than half, three fit. */
    private static final int MEDIUM = 20_000_000;

    private static int port;
    private static int wide;

    @BeforeAll
    static void listen() throws Exception {
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket another = new ServerSocket(0)) {
            port = free.getLocalPort();
            wide = another.getLocalPort();
        }
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:http-source?host=127.0.0.1&port=" + port + "&maxBytesInFlight=" + (LARGE + 5))
                        .process(HeldAnswersIT::answer);
                from("kamelet:http-source?host=127.0.0.1&port=" + wide + "&maxBytesInFlight=70000000")
                        .process(HeldAnswersIT::answer);
            }
        });
        CAMEL.start();
    }

    private static void answer(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        int length = Map.of("/large", LARGE, "/medium", MEDIUM).getOrDefault(call.path(), 10);
        exchange.getMessage().setBody(new HttpAnswer(200, HttpFields.NONE, new byte[length]));
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    private static RawConnection asked(String path) throws IOException {
        return new RawConnection(port).write("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @Test
    void one_sender_that_does_not_read_holds_a_quarter_of_the_room_and_others_have_theirs() throws IOException {
        String medium = "GET /medium HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawConnection idle = new RawConnection(wide, "127.0.0.2").write(medium)) {
            await().untilAsserted(() -> {
                try (RawConnection second = new RawConnection(wide, "127.0.0.2").write(medium)) {
                    assertThat(second.hear(500).text())
                            .startsWith("HTTP/1.1 502")
                            .contains("TM-HTTP-0016");
                }
            });
            try (RawConnection other = new RawConnection(wide, "127.0.0.3").write(medium)) {
                assertThat(other.hear(500).text()).startsWith("HTTP/1.1 200").hasSizeGreaterThan(MEDIUM);
            }
        }
        await().untilAsserted(() -> {
            try (RawConnection next = new RawConnection(wide, "127.0.0.2").write(medium)) {
                assertThat(next.hear(500).text()).startsWith("HTTP/1.1 200").hasSizeGreaterThan(MEDIUM);
            }
        });
    }

    @Test
    void answers_that_nobody_reads_take_no_more_than_their_room_and_others_are_answered_meanwhile() throws IOException {
        RawConnection idle = asked("/large");
        try {
            await().untilAsserted(() -> {
                try (RawConnection second = asked("/large")) {
                    assertThat(second.hear(500).text())
                            .startsWith("HTTP/1.1 502")
                            .contains("TM-HTTP-0016");
                }
            });
            try (RawConnection small = asked("/small")) {
                assertThat(small.hear(300).status()).isEqualTo(200);
            }
        } finally {
            idle.close();
        }
        await().untilAsserted(() -> {
            try (RawConnection next = asked("/large")) {
                assertThat(next.hear(500).text()).startsWith("HTTP/1.1 200").hasSizeGreaterThan(LARGE);
            }
        });
    }
}
