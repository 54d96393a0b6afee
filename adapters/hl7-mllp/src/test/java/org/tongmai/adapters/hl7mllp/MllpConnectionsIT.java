package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.exchange.Drainable;

/** Who gets a connection to a listener, and how it ends with the listener. */
class MllpConnectionsIT {
    private final CamelOnPorts camel = new CamelOnPorts();
    private final AtomicInteger received = new AtomicInteger();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void one_address_has_no_more_connections_than_its_limit_and_others_still_get_in() throws Exception {
        int port = camel.listen("in", "&maxConnectionsPerAddress=1", exchange -> received.incrementAndGet());
        try (MllpClientSocket first = new MllpClientSocket(port)) {
            assertThat(first.ask(message("C1"))).contains("MSA|AA|C1");
            try (MllpClientSocket second = new MllpClientSocket(port)) {
                assertThat(second.read()).isNull();
            }
            try (Socket other = new Socket("127.0.0.1", port, InetAddress.getByName("127.0.0.2"), 0)) {
                other.getOutputStream()
                        .write(MllpClientSocket.frame(message("C2").getBytes(StandardCharsets.UTF_8)));
                assertThat(other.getInputStream().read()).isEqualTo(0x0B);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_listener_that_stops_answers_what_it_has_begun_and_begins_nothing_more(boolean wholeNode) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = camel.listenThreaded("in", exchange -> {
            received.incrementAndGet();
            goOn.await(10, TimeUnit.SECONDS);
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.send(message("BEGUN"));
            await().atMost(10, TimeUnit.SECONDS).until(() -> received.get() == 1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> end(wholeNode));
            awaitClosed(port);
            client.send(message("LATE"));
            goOn.countDown();
            assertThat(client.read()).contains("MSA|AA|BEGUN");
            assertThat(client.read()).isNull();
            stopped.get(20, TimeUnit.SECONDS);
        }
        assertThat(received).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_a_batch_that_is_begun_the_rest_is_refused_when_the_listener_stops(boolean wholeNode) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = camel.listenThreaded("in&maxInFlight=1", exchange -> {
            received.incrementAndGet();
            goOn.await(10, TimeUnit.SECONDS);
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.send(
                    "BHS|^~\\&|HIS|HOSP|TM|CITY||||B1\r" + message("C1") + message("C2") + message("C3") + "BTS|3\r");
            await().atMost(10, TimeUnit.SECONDS).until(() -> received.get() == 1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> end(wholeNode));
            awaitClosed(port);
            goOn.countDown();
            assertThat(client.read())
                    .contains("MSA|AA|C1", "MSA|AE|C2", "MSA|AE|C3", "TM-MLLP-0020", "BTS|3")
                    .startsWith("BHS|");
            assertThat(client.read()).isNull();
            stopped.get(20, TimeUnit.SECONDS);
        }
        assertThat(received).hasValue(1);
    }

    @Test
    void a_listener_is_drained_before_its_route_stops_and_listens_again_when_that_starts() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = camel.listenThreaded("in", exchange -> {
            received.incrementAndGet();
            goOn.await(10, TimeUnit.SECONDS);
        });
        try (MllpClientSocket busy = new MllpClientSocket(port);
                MllpClientSocket idle = new MllpClientSocket(port)) {
            busy.send(message("BEGUN"));
            await().atMost(10, TimeUnit.SECONDS).until(() -> received.get() == 1);
            CompletableFuture<Void> drained = drainable().drain().toCompletableFuture();
            awaitClosed(port);
            assertThat(idle.read()).isNull();
            assertThat(drained).isNotDone();
            assertThat(camel.context()
                            .getRouteController()
                            .getRouteStatus(listener())
                            .isStarted())
                    .isTrue();
            goOn.countDown();
            assertThat(busy.read()).contains("MSA|AA|BEGUN");
            assertThat(busy.read()).isNull();
            drained.get(10, TimeUnit.SECONDS);
        }
        camel.context().getRouteController().stopRoute("in");
        camel.context().getRouteController().startRoute("in");
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("AGAIN"))).contains("MSA|AA|AGAIN");
        }
    }

    @Test
    void nobody_comes_in_between_draining_a_listener_and_its_end() throws Exception {
        int port = camel.listen("in", "", exchange -> received.incrementAndGet());
        drainable().drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
        try (MllpClientSocket late = new MllpClientSocket(port)) {
            late.send(message("LATE"));
            assertThat(late.closed()).isTrue();
        }
        assertThat(received).hasValue(0);
    }

    private static void awaitClosed(int port) {
        await().atMost(10, TimeUnit.SECONDS).until(() -> {
            try (MllpClientSocket late = new MllpClientSocket(port)) {
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
    }

    private String listener() {
        return camel.context().getRoutes().stream()
                .map(Route::getId)
                .filter(id -> !id.equals("in"))
                .findFirst()
                .orElseThrow();
    }

    private Drainable drainable() {
        return camel.context().getRoute(listener()).getServices().stream()
                .filter(Drainable.class::isInstance)
                .map(Drainable.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void end(boolean wholeNode) {
        try {
            if (wholeNode) {
                camel.context().stop();
            } else {
                camel.context().getRouteController().stopRoute(listener());
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I\r";
    }
}
