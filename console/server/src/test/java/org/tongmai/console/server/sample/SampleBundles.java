package org.tongmai.console.server.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;

/** One bundle; remembers what was decided. */
public final class SampleBundles implements RouteBundles {
    private static final String ID = "ward-feed";

    private final List<RouteBundle.Decided> decided = new ArrayList<>(List.of(decided(BundleDecision.SEED, 0, "n1")));

    private static RouteBundle bundle() {
        return new RouteBundle(
                ID,
                ID,
                "",
                BundleState.RUNNING,
                1,
                new RouteBundle.Version("1.0.0", "d1", "Ward feed", Map.of()),
                null,
                null,
                List.of(new RouteBundle.Node("n1", 1, RunCondition.RUNNING, "d1", "", List.of(), Instant.EPOCH)));
    }

    private synchronized RouteBundle decide(BundleDecision decision, Order order) {
        decided.add(decided(decision, order.generation(), order.by()));
        return bundle();
    }

    private static RouteBundle.Decided decided(BundleDecision decision, long generation, String by) {
        return new RouteBundle.Decided(
                Instant.now(),
                ID,
                generation,
                decision,
                by,
                "n1",
                BundleState.RUNNING,
                BundleState.RUNNING,
                "d1",
                "d1",
                Map.of());
    }

    @Override
    public List<RouteBundle> all() {
        return List.of(bundle());
    }

    @Override
    public Optional<RouteBundle> find(String instance) {
        return instance.equals(ID) ? Optional.of(bundle()) : Optional.empty();
    }

    @Override
    public List<RouteBundle.Release> releases(String bundle) {
        return List.of(new RouteBundle.Release(ID, "1.0.0", "d1", "", Instant.EPOCH));
    }

    @Override
    public synchronized List<RouteBundle.Decided> ledger(String instance, int limit) {
        return List.copyOf(decided);
    }

    @Override
    public List<RouteBundle> deploy(SignedArchive candidate, Order order) {
        return List.of(decide(BundleDecision.DEPLOY, order));
    }

    @Override
    public List<RouteBundle> canary(SignedArchive candidate, CanaryRule rule, Order order) {
        return List.of(decide(BundleDecision.BEGIN_CANARY, order));
    }

    @Override
    public RouteBundle promote(String instance, Order order) {
        return decide(BundleDecision.PROMOTE, order);
    }

    @Override
    public RouteBundle rollBack(String instance, Order order) {
        return decide(BundleDecision.ROLL_BACK, order);
    }

    @Override
    public RouteBundle stop(String instance, Order order) {
        return decide(BundleDecision.STOP, order);
    }

    @Override
    public RouteBundle start(String instance, Order order) {
        return decide(BundleDecision.START, order);
    }

    @Override
    public RouteBundle retire(String instance, Order order) {
        return decide(BundleDecision.RETIRE, order);
    }
}
