package org.tongmai.routes.engine.journal.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.tongmai.routes.engine.node.LastingWork;

/**
 * A few threads; tasks of one key run on one thread in the order they came. A key can be held back while an earlier
 * message of it must be taken up again. What may wait here is bounded by {@link InFlight}. A task that fails takes
 * neither its thread nor those behind it along.
 */
final class KeyedWorkers implements AutoCloseable {
    private final ExecutorService[] threads;
    private final ConcurrentHashMap<String, Queue<Runnable>> held = new ConcurrentHashMap<>();

    KeyedWorkers(int count) {
        threads = new ExecutorService[count];
        for (int i = 0; i < count; i++) {
            String name = "mapping-" + (i + 1);
            threads[i] = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    /** Runs the task after all earlier ones of the key. */
    void execute(String key, Runnable task) {
        Runnable lasting = LastingWork.task(task);
        threadOf(key).execute(() -> {
            if (held.isEmpty() || !defer(key, lasting)) {
                lasting.run();
            }
        });
    }

    /** Runs the task although the key is held: for the message that it is held for. */
    void executeHeld(String key, Runnable task) {
        threadOf(key).execute(LastingWork.task(task));
    }

    void hold(String key) {
        held.computeIfAbsent(key, k -> new ArrayDeque<>());
    }

    /** Lets the key go on with what waited, unless there is a new reason to hold it by then. */
    void letGo(String key, BooleanSupplier heldStill) {
        // On the key's own thread and in one go, so that nothing newer gets between.
        threadOf(key).execute(() -> {
            Queue<Runnable> waiting = heldStill.getAsBoolean() ? null : held.remove(key);
            if (waiting != null) {
                waiting.forEach(Runnable::run);
            }
        });
    }

    private boolean defer(String key, Runnable task) {
        return held.computeIfPresent(key, (k, waiting) -> {
                    waiting.add(task);
                    return waiting;
                })
                != null;
    }

    private ExecutorService threadOf(String key) {
        int hash = key.hashCode();
        return threads[Math.floorMod(hash ^ hash >>> 16, threads.length)];
    }

    @Override
    public void close() {
        for (ExecutorService thread : threads) {
            thread.shutdown();
        }
        try {
            for (ExecutorService thread : threads) {
                thread.awaitTermination(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
