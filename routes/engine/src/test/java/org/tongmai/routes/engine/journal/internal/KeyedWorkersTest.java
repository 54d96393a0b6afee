package org.tongmai.routes.engine.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyedWorkersTest {
    @Test
    void a_task_that_fails_takes_neither_its_thread_nor_those_held_behind_it_along() throws Exception {
        CountDownLatch done = new CountDownLatch(3);
        try (KeyedWorkers workers = new KeyedWorkers(1)) {
            workers.hold("a");
            workers.execute("a", () -> {
                throw new AssertionError("scripted");
            });
            workers.execute("a", done::countDown);
            workers.letGo("a", () -> false);
            workers.execute("a", done::countDown);
            workers.executeHeld("b", () -> {
                throw new NoClassDefFoundError("scripted");
            });
            workers.execute("b", done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
