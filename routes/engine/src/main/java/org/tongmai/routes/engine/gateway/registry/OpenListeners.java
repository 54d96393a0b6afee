package org.tongmai.routes.engine.gateway.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.rules.Listener;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The listeners that are open on this node. They open before the rules that name them are in force, and close after: which
 * messages are taken, the rules in force say. One whose kind and parameters stay the same stays open.
 */
final class OpenListeners {
    private final ListenerRoutes routes;
    private final Set<String> open = new HashSet<>();
    private Set<String> inForce = Set.of();
    private Set<String> preparing = Set.of();

    OpenListeners(ListenerRoutes routes) {
        this.routes = routes;
    }

    /** Opens those that are not open; answers why some could not be. */
    synchronized List<Issue> open(List<Listener> listeners) {
        preparing = listeners.stream().map(ListenerRoutes::name).collect(Collectors.toSet());
        List<Issue> failed = new ArrayList<>();
        for (Listener listener : listeners) {
            String name = ListenerRoutes.name(listener);
            if (open.contains(name)) {
                continue;
            }
            try {
                routes.open(listener);
                open.add(name);
            } catch (CodedException e) {
                failed.addAll(e.issues());
            }
        }
        return failed;
    }

    synchronized void applied() {
        inForce = preparing;
        preparing = Set.of();
    }

    synchronized void abandoned() {
        preparing = Set.of();
        closeOthers();
    }

    /** Closes those that no rules name any more; waits for what they have under way. */
    synchronized void closeOthers() {
        for (String name : List.copyOf(open)) {
            if (!inForce.contains(name) && !preparing.contains(name)) {
                routes.close(name);
                open.remove(name);
            }
        }
    }
}
