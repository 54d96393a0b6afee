package org.tongmai.routes.engine.gateway.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.rules.Listener;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The listeners that are open on this node: which messages are taken, the rules in force say. One whose kind and parameters
 * stay the same stays open. One that closes is drained first: no thread waits for what it has under way, and neither our lock
 * nor Camel's is held.
 */
final class OpenListeners implements AutoCloseable {
    private static final long TRY_AGAIN_SECONDS = 5;
    private static final long LOOK_AGAIN_MILLISECONDS = 100;
    /** Nanoseconds a call by one that closes is waited for. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private final ListenerRoutes routes;
    private final ScheduledExecutorService closer = LastingWork.timer("gateway-listeners");
    private final Set<String> open = new HashSet<>();
    private final Set<String> closing = new HashSet<>();
    private Set<String> inForce = Set.of();
    private Set<String> preparing = Set.of();

    OpenListeners(ListenerRoutes routes) {
        this.routes = routes;
    }

    /**
     * Why some could not be opened.
     *
     * @param first of those that no rules in force name
     * @param again of those that rules in force name already
     */
    record NotOpen(List<Issue> first, List<Issue> again) {
        List<Issue> all() {
            return Stream.concat(first.stream(), again.stream()).toList();
        }
    }

    /** These may open from now on, and stay. */
    synchronized void prepare(List<Listener> listeners) {
        preparing = listeners.stream().map(ListenerRoutes::name).collect(Collectors.toSet());
    }

    /** Opens those that are not open. */
    synchronized NotOpen open(List<Listener> listeners) {
        NotOpen failed = new NotOpen(new ArrayList<>(), new ArrayList<>());
        for (Listener listener : listeners) {
            String name = ListenerRoutes.name(listener);
            try {
                open(name, listener);
            } catch (CodedException e) {
                (inForce.contains(name) ? failed.again() : failed.first()).addAll(e.issues());
            }
        }
        return failed;
    }

    private void open(String name, Listener listener) {
        if (closing.contains(name)) {
            throw new CodedException(Issue.of(
                    GatewayError.LISTENER_NOT_OPENED, listener.id(), "it is being closed, and has calls under way"));
        }
        if (!open.contains(name)) {
            routes.open(listener);
            open.add(name);
        }
    }

    synchronized void applied() {
        inForce = preparing;
        preparing = Set.of();
    }

    synchronized void abandoned() {
        preparing = Set.of();
        closeOthers();
    }

    /** Has those closed that no rules name any more. */
    synchronized void closeOthers() {
        for (String name : List.copyOf(open)) {
            if (!inForce.contains(name) && !preparing.contains(name)) {
                open.remove(name);
                closing.add(name);
                closer.execute(LastingWork.task(() -> drain(name)));
            }
        }
    }

    private void drain(String name) {
        long until = System.nanoTime() + LONGEST;
        routes.drained(name).thenRunAsync(LastingWork.task(() -> closeWhenQuiet(name, until)), closer);
    }

    /** A call whose sender has gone goes on. */
    private void closeWhenQuiet(String name, long until) {
        if (routes.isQuiet(name) || System.nanoTime() - until > 0) {
            close(name);
        } else {
            closer.schedule(
                    LastingWork.task(() -> closeWhenQuiet(name, until)),
                    LOOK_AGAIN_MILLISECONDS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Not under the lock: Camel has one of its own. One that does not go is known, and tried again. */
    private void close(String name) {
        if (routes.close(name)) {
            synchronized (this) {
                closing.remove(name);
            }
        } else {
            closer.schedule(LastingWork.task(() -> close(name)), TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        closer.shutdownNow();
    }
}
