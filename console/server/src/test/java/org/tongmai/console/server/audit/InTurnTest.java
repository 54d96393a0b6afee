package org.tongmai.console.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;

class InTurnTest {
    @Test
    void one_reads_at_a_time_a_few_wait_and_who_comes_then_is_refused_at_once() {
        InTurn turn = new InTurn();
        CompletableFuture<Void> read = new CompletableFuture<>();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> turn.run(() -> {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            read.join();
                            return atOnce.decrementAndGet();
                        }),
                        threads));
            }
            await().until(() -> turn.waiting() == 3);
            assertThatThrownBy(() -> turn.run(() -> 1))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(ConsoleError.AUDIT_BUSY));
            read.complete(null);
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isZero());
            assertThat(most).hasValue(1);
            assertThat(turn.run(() -> 1)).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void what_fails_makes_room_for_the_next() {
        InTurn turn = new InTurn();
        assertThatThrownBy(() -> turn.run(() -> {
                    throw new IllegalStateException("test");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(turn.run(() -> 1)).isEqualTo(1);
    }
}
