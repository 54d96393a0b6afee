package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class JudgingThreadsTest {
    private static final int MEGABYTE = 1024 * 1024;

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<CompletableFuture<Void>> held = new ArrayList<>();

    @AfterEach
    void letGo() {
        end.countDown();
        held.forEach(each -> each.handle((done, failure) -> null).join());
    }

    @Test
    void a_small_content_is_judged_where_it_is_and_any_other_beside() {
        assertThat(judgedBy(0)).isEqualTo(Thread.currentThread().getName());
        assertThat(judgedBy(JudgingThreads.SMALL))
                .isEqualTo(Thread.currentThread().getName());
        assertThat(judgedBy(JudgingThreads.SMALL + 1)).isEqualTo("gateway-contents");
    }

    @Test
    void one_sender_has_a_share_and_the_next_has_its_own() {
        hold("a", 20 * MEGABYTE);
        hold("a", 12 * MEGABYTE);
        assertThat(refusal(hold("a", 1))).isEqualTo(GatewayError.TOO_MANY_LARGE);
        hold("b", 100 * MEGABYTE);
        assertThat(refusal(hold("b", 1))).isEqualTo(GatewayError.TOO_MANY_LARGE);

        letGo();

        await().until(() -> !hold("a", 32 * MEGABYTE).isCompletedExceptionally());
    }

    @Test
    void more_than_can_wait_are_refused_and_what_is_refused_holds_no_share() {
        CompletableFuture<Void> last = hold("a", 1);
        for (int i = 0; !last.isCompletedExceptionally(); i++) {
            last = hold("sender " + i, 1);
        }
        assertThat(refusal(last)).isEqualTo(GatewayError.TOO_MANY_LARGE);

        letGo();

        await().until(() -> !hold("a", 32 * MEGABYTE).isCompletedExceptionally());
    }

    private CompletableFuture<Void> hold(String sender, long length) {
        Supplier<CompletableFuture<Void>> step = () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(null);
        };
        CompletableFuture<Void> done = JudgingThreads.OF_MEMORY.run(sender, length, step);
        held.add(done);
        return done;
    }

    private static Object refusal(CompletableFuture<Void> refused) {
        try {
            refused.orTimeout(10, TimeUnit.SECONDS).join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof CodedException coded ? coded.code() : e.getCause();
        }
    }

    private static String judgedBy(int length) {
        HttpCall call = new HttpCall("POST", "/", "", HttpFields.NONE, new byte[length], "127.0.0.1");
        List<String> by = new ArrayList<>();
        JudgingThreads.judge(new Passage(GatewayKind.BUS, call, Runnable::run), () -> {
                    by.add(Thread.currentThread().getName());
                    return CompletableFuture.completedFuture(null);
                })
                .join();
        return by.get(0);
    }
}
