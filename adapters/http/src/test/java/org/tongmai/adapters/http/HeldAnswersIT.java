package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
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
    private static int port;

    @BeforeAll
    static void listen() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:http-source?host=127.0.0.1&port=" + port + "&maxBytesInFlight=" + (LARGE + 5))
                        .process(exchange -> {
                            HttpCall call = exchange.getMessage().getBody(HttpCall.class);
                            int length = call.path().equals("/large") ? LARGE : 10;
                            exchange.getMessage().setBody(new HttpAnswer(200, HttpFields.NONE, new byte[length]));
                        });
            }
        });
        CAMEL.start();
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    private static RawConnection asked(String path) throws IOException {
        return new RawConnection(port).write("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
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
