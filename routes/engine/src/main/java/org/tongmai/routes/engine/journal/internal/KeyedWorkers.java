package org.tongmai.routes.engine.journal.internal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tongmai.routes.engine.node.LastingWork;

/**
 * A few threads; tasks of one key run on one thread in the order they came. A key can be held back while an earlier
 * message of it must be taken up again. A task of several keys has its turn with each: keys that are free before the
 * others wait for it, their threads do not. What may wait here is bounded by {@link InFlight}. A task that fails takes
 * neither its thread nor those behind it along.
 */
final class KeyedWorkers implements AutoCloseable {
    private final ExecutorService[] threads;
    private final ConcurrentHashMap<String, Held> held = new ConcurrentHashMap<>();
    /** Tasks of several keys come to all of their threads in one order, so that no two wait for each other. */
    private final Object coming = new Object();

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

    /** Why a key is held back, and what waits behind it; changed within the map's own lock of the key. */
    private static final class Held {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean byOrphan;
        private boolean byTurn;
    }

    /** A task of several keys, and how many of them are not free for it yet. */
    private record Turn(List<String> keys, Runnable task, AtomicInteger missing) {}

    /** Runs the task after all earlier ones of each key, and before all later ones of any. */
    void execute(List<String> keys, Runnable task) {
        if (keys.size() == 1) {
            execute(keys.get(0), task);
            return;
        }
        // A key named twice would wait for itself.
        List<String> each = keys.stream().distinct().toList();
        Turn turn = new Turn(each, LastingWork.task(task), new AtomicInteger(each.size()));
        synchronized (coming) {
            each.forEach(key -> execute(key, () -> join(key, turn)));
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
        change(key, known -> known.byOrphan = true);
    }

    /** Lets the key go on with what waited, unless there is a new reason to hold it by then. */
    void letGo(String key, BooleanSupplier heldStill) {
        goOn(key, known -> known.byOrphan = heldStill.getAsBoolean());
    }

    /** The key is free for a task of several; the last of them runs it. */
    private void join(String key, Turn turn) {
        change(key, known -> known.byTurn = true);
        if (turn.missing().decrementAndGet() == 0) {
            turn.task().run();
            turn.keys().forEach(each -> goOn(each, known -> known.byTurn = false));
        }
    }

    private void change(String key, Consumer<Held> change) {
        held.compute(key, (k, known) -> {
            Held now = known == null ? new Held() : known;
            change.accept(now);
            return now;
        });
    }

    /**
     * On the key's own thread, which is free for others meanwhile. Where that takes no more, because it closes, here: what is
     * of the key waits as long as the key is held, so nothing newer gets between.
     */
    private void goOn(String key, Consumer<Held> change) {
        Runnable goOn = () -> {
            held.computeIfPresent(key, (k, known) -> {
                change.accept(known);
                return known;
            });
            // as far as nothing of it holds the key again
            for (Runnable next = next(key); next != null; next = next(key)) {
                next.run();
            }
        };
        try {
            threadOf(key).execute(goOn);
        } catch (RejectedExecutionException e) { // closing: what was taken is done all the same
            goOn.run();
        }
    }

    private Runnable next(String key) {
        AtomicReference<Runnable> next = new AtomicReference<>();
        held.computeIfPresent(key, (k, known) -> {
            if (known.byOrphan || known.byTurn) {
                return known;
            }
            next.set(known.waiting.poll());
            return next.get() == null ? null : known;
        });
        return next.get();
    }

    private boolean defer(String key, Runnable task) {
        return held.computeIfPresent(key, (k, known) -> {
                    known.waiting.add(task);
                    return known;
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
