package org.tongmai.routes.engine.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyedWorkersTest {
    private static final int TASKS = 20_000;

    /** Every key's tasks in the order they came, none beside another of the same key; some of several keys, some held. */
    @Test
    void a_task_of_several_keys_has_its_turn_with_each() throws Exception {
        Random random = new Random(7);
        Map<String, List<Integer>> came = new TreeMap<>();
        Map<String, List<Integer>> ran = new ConcurrentHashMap<>();
        Set<String> busy = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(TASKS);
        AtomicInteger beside = new AtomicInteger();
        try (KeyedWorkers workers = new KeyedWorkers(3)) {
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                List<String> keys = random.ints(1 + random.nextInt(3), 0, 12)
                        .mapToObj(key -> "k" + key)
                        .distinct()
                        .toList();
                keys.forEach(key ->
                        came.computeIfAbsent(key, any -> new ArrayList<>()).add(number));
                String held = "k" + random.nextInt(12);
                if (i % 50 == 0) {
                    workers.hold(held);
                }
                workers.execute(keys, () -> {
                    keys.forEach(key -> beside.addAndGet(busy.add(key) ? 0 : 1));
                    keys.forEach(key -> ran.computeIfAbsent(key, any -> Collections.synchronizedList(new ArrayList<>()))
                            .add(number));
                    busy.removeAll(keys);
                    done.countDown();
                });
                if (i % 50 == 0) {
                    workers.letGo(held, () -> false);
                }
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ran).isEqualTo(came);
        assertThat(beside).hasValue(0);
    }

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

    @Test
    void a_key_that_is_named_twice_does_not_wait_for_itself() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        try (KeyedWorkers workers = new KeyedWorkers(2)) {
            workers.execute(List.of("a", "a"), done::countDown);
            workers.execute("a", done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_was_taken_before_it_closes_is_done_also_behind_a_task_of_several_keys() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        KeyedWorkers workers = new KeyedWorkers(3);
        workers.execute(List.of("a", "b", "c"), () -> {
            await(closing);
            ran.add(1);
        });
        workers.execute("a", () -> ran.add(2));
        workers.execute(List.of("a", "c"), () -> ran.add(3));
        workers.execute("a", () -> ran.add(4));
        Thread closes = new Thread(workers::close);
        closes.start();
        while (closes.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closes.join();
        assertThat(ran).containsExactly(1, 2, 3, 4);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
