package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProcessor;
import org.tongmai.routes.engine.bundle.CanaryBound;
import org.tongmai.routes.engine.bundle.RouteBundle.RouteFigures;
import org.tongmai.routes.engine.bundle.check.CheckedRoute;
import org.tongmai.standards.error.CodedException;

/** The started bodies of one version of one instance. */
final class Version {
    private final CamelRoutes camel;
    private final Plan plan;
    private final String owner;
    private final CanaryBound bound;
    private final Map<String, Body> bodies = new TreeMap<>();

    private Version(CamelRoutes camel, Plan plan, String owner) {
        this.camel = camel;
        this.plan = plan;
        this.owner = owner;
        this.bound = ManifestLife.of(plan.checked().archive()).bound();
    }

    /**
     * Starts the body of each route.
     *
     * @param label what tells it from other versions of the instance that are there
     * @throws CodedException {@link org.tongmai.routes.engine.bundle.BundleError#START_FAILED}; then nothing of it is left
     */
    static Version start(CamelRoutes camel, Plan plan, String label) {
        Version version = new Version(camel, plan, plan.instance() + "@" + label);
        camel.settings().put(version.owner, plan.checked().settings());
        try {
            plan.routes().forEach((front, route) -> version.add(front, route, label));
        } catch (RuntimeException e) {
            version.remove();
            throw e;
        }
        return version;
    }

    private void add(String front, CheckedRoute route, String label) {
        String id = front + "@" + label;
        AsyncProcessor processor =
                camel.start(RouteCut.body(route.definition(camel.context(), BundleSettings.prefix(owner)), id));
        bodies.put(front, new Body(id, processor, plan.mappings().orElse(null)));
    }

    Plan plan() {
        return plan;
    }

    /** {@code <instance>@<label>}. */
    String owner() {
        return owner;
    }

    /** The body behind a front. */
    Body body(String front) {
        return bodies.get(front);
    }

    /** What passed through, by front. */
    Map<String, RouteFigures> figures() {
        Map<String, RouteFigures> figures = new TreeMap<>();
        bodies.forEach((front, body) -> figures.put(front, body.figures(bound.maxLatency())));
        return figures;
    }

    /** What it must keep as a canary. */
    CanaryBound bound() {
        return bound;
    }

    /** Nothing enters any more; runs the task once when nothing is in flight in any of its routes. */
    void close(Runnable whenEmpty) {
        AtomicInteger open = new AtomicInteger(bodies.size());
        List<Body> closing = new ArrayList<>(bodies.values());
        closing.forEach(body -> body.close(() -> {
            if (open.decrementAndGet() == 0) {
                whenEmpty.run();
            }
        }));
        if (closing.isEmpty()) {
            whenEmpty.run();
        }
    }

    /** Takes its routes out of Camel. */
    void remove() {
        bodies.values().forEach(body -> camel.remove(body.id()));
        camel.settings().remove(owner);
    }
}
