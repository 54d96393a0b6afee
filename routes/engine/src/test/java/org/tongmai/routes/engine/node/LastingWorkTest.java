package org.tongmai.routes.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastingWorkTest {
    private final List<String> steps = new CopyOnWriteArrayList<>();

    @Test
    void work_that_fails_is_put_in_order_and_done_again_until_it_returns() throws Exception {
        Thread thread = LastingWork.thread(
                "lasting",
                () -> {
                    steps.add("work");
                    if (steps.size() == 1) {
                        throw new AssertionError("scripted");
                    }
                },
                () -> steps.add("order"));
        thread.start();
        thread.join(10_000);
        assertThat(steps).containsExactly("work", "order", "work");
    }

    @Test
    void a_timer_goes_on_after_an_error() throws Exception {
        CountDownLatch rounds = new CountDownLatch(3);
        ScheduledExecutorService timer = LastingWork.timer("lasting-timer");
        Runnable round = LastingWork.task(() -> {
            rounds.countDown();
            throw new NoClassDefFoundError("scripted");
        });
        timer.scheduleWithFixedDelay(round, 0, 1, TimeUnit.MILLISECONDS);
        assertThat(rounds.await(10, TimeUnit.SECONDS)).isTrue();
        timer.shutdownNow();
    }

    @Test
    void a_failure_of_the_machine_is_told_to_who_has_the_last_word_and_ends_the_work() throws Exception {
        AtomicInteger done = new AtomicInteger();
        Thread thread = LastingWork.thread(
                "lasting",
                () -> {
                    done.incrementAndGet();
                    throw new OutOfMemoryError("scripted");
                },
                () -> {});
        thread.setUncaughtExceptionHandler(
                (who, failure) -> steps.add(failure.getClass().getSimpleName()));
        thread.start();
        thread.join(10_000);
        assertThat(done.get()).isEqualTo(1);
        assertThat(steps).contains("OutOfMemoryError");
    }
}
