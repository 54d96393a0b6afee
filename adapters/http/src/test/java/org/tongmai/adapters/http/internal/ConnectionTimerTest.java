package org.tongmai.adapters.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTimerTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Timers of one thread ring in the order they are due: when the last has, the others have or never will. */
    @Test
    void nothing_is_waited_for_when_the_connection_is_closed_or_held_back() throws Exception {
        List<String> rung = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            ConnectionTimer open = new ConnectionTimer(vertx);
            open.start(1, () -> rung.add("open"));
            ConnectionTimer closed = new ConnectionTimer(vertx);
            closed.start(1, () -> rung.add("before"));
            closed.end();
            closed.start(1, () -> rung.add("after"));
            ConnectionTimer held = new ConnectionTimer(vertx);
            held.start(1, () -> rung.add("held"));
            held.hold();
            ConnectionTimer goneOn = new ConnectionTimer(vertx);
            goneOn.start(1, () -> rung.add("gone on"));
            goneOn.hold();
            goneOn.goOn();
            // The first may look once more what is due before it does something.
            vertx.setTimer(2, two -> vertx.setTimer(20, over -> last.complete(null)));
        });

        last.get(10, TimeUnit.SECONDS);

        assertThat(rung).containsExactlyInAnyOrder("open", "gone on");
    }
}
