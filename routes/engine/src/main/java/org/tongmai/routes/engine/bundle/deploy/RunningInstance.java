package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.Tenants.Limits;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * One instance as this node runs it: fronts, the versions behind them, and the switches between. What may fail comes
 * first: {@link #openBodies} and {@link #openFronts} leave everything as it was when they throw, and traffic goes where
 * it went until {@link #settle}. Called by one thread at a time; what it runs is seen by all.
 */
final class RunningInstance {
    /** What instances share. */
    record Surroundings(CamelRoutes camel, SubscriptionRegistry subscriptions, Executor removals) {}

    /** Which fronts a step is about. */
    enum Direction {
        DELIVERING,
        RECEIVING;

        boolean concerns(Front front) {
            return front.delivers() == (this == DELIVERING);
        }
    }

    private final Surroundings around;
    private final Map<String, Front> fronts = new TreeMap<>();
    private final Map<String, Switch> switches = new TreeMap<>();
    private final Set<Version> started = new HashSet<>();
    private final Set<String> labels = new HashSet<>();
    private Allowance allowance = new Allowance(Limits.NONE, System::nanoTime);
    private volatile Version stable;
    private volatile Version canary;
    private volatile Seen seen = Seen.NOTHING;

    RunningInstance(Surroundings around) {
        this.around = around;
    }

    Seen seen() {
        return seen;
    }

    /** The version that runs, or null. */
    Version stable() {
        return stable;
    }

    /** The version that takes a share, or null. */
    Version canary() {
        return canary;
    }

    /** Starts the steps of a version beside those that run; answers the one that runs already if it is the same. */
    Version openBodies(Plan plan) {
        for (Version version : started) {
            if (version.plan().equals(plan)) {
                return version;
            }
        }
        String label = label(plan.version());
        Version version = Version.start(around.camel(), plan, label);
        labels.add(label);
        started.add(version);
        return version;
    }

    /** The version, and a number where one of that name is there or has not gone yet. */
    private String label(String version) {
        String label = version;
        for (int number = 2; labels.contains(label); number++) {
            label = version + "-" + number;
        }
        return label;
    }

    /** Starts the sources that the version has and that do not run; a source that differs from what runs is replaced. */
    void openFronts(Version version, Direction direction) {
        Plan plan = version.plan();
        for (String id : plan.routes().keySet()) {
            Switch toBody = toBody(id, plan);
            Front wanted = new Front(around.camel(), id, plan, toBody);
            Front old = fronts.get(id);
            if (direction.concerns(wanted) && (old == null || !wanted.hasTheSourceOf(old))) {
                replace(id, old, wanted);
            }
        }
    }

    private Switch toBody(String id, Plan plan) {
        Direction direction = plan.routes().get(id).delivers() ? Direction.DELIVERING : Direction.RECEIVING;
        return switches.computeIfAbsent(id, any -> new Switch(direction));
    }

    private void replace(String id, Front old, Front wanted) {
        if (old != null) {
            old.stop();
        }
        try {
            wanted.start();
            fronts.put(id, wanted);
        } catch (CodedException e) {
            fronts.remove(id);
            if (old != null) {
                old.start();
                fronts.put(id, old);
            }
            throw e;
        }
    }

    /** @throws CodedException {@link DeployError#CANARY_DIFFERS}: two versions share the sources */
    void checkCanary(Plan plan) {
        Set<String> differ = new HashSet<>(plan.routes().keySet());
        differ.addAll(fronts.keySet());
        differ.removeIf(id -> fronts.containsKey(id)
                && plan.routes().containsKey(id)
                && fronts.get(id).hasTheSourceOf(new Front(around.camel(), id, plan, toBody(id, plan))));
        if (!differ.isEmpty()) {
            throw new CodedException(Issue.of(DeployError.CANARY_DIFFERS, "", "of other source: " + differ));
        }
    }

    /** Lets the traffic go where it is to go. */
    void choose(Version wanted, Version share, CanaryRule rule) {
        Limits limits = wanted.plan().tenant().limits();
        if (!allowance.limits().equals(limits)) {
            allowance = new Allowance(limits, System::nanoTime);
        }
        for (String id : wanted.plan().routes().keySet()) {
            Switch toBody = toBody(id, wanted.plan());
            toBody.limit(allowance);
            toBody.choose(wanted.body(id), share == null ? null : share.body(id), rule);
        }
        stable = wanted;
        canary = share;
    }

    /** Queues from now on what it wants delivered, also while it does not run. */
    void subscribe(List<Subscription> subscriptions) {
        subscriptions.forEach(around.subscriptions()::register);
    }

    /** Removes sources that the version does not have, and versions nothing is sent to: when nothing is in flight in them. */
    void settle(long generation) {
        Set<String> wanted = stable == null ? Set.of() : stable.plan().routes().keySet();
        for (String id : List.copyOf(fronts.keySet())) {
            if (!wanted.contains(id)) {
                drop(id);
                around.subscriptions().remove(id);
            }
        }
        removeOthers();
        seen = new Seen(generation, RunCondition.RUNNING, digest(stable), digest(canary), List.of());
    }

    /** What was begun is given up; what ran goes on. */
    void giveUp() {
        if (stable == null) {
            halt();
            return;
        }
        Version running = stable;
        for (String id : List.copyOf(fronts.keySet())) {
            if (running.body(id) == null) {
                drop(id);
            }
        }
        openFronts(running, Direction.RECEIVING);
        removeOthers();
    }

    /** Notes why this node does not follow. */
    void failed(long generation, RunCondition condition, List<Issue> issues) {
        seen = new Seen(generation, condition, digest(stable), digest(canary), issues);
    }

    /** Stops everything, receiving routes first. */
    void stop(long generation) {
        halt();
        seen = new Seen(generation, RunCondition.STOPPED, "", "", List.of());
    }

    /** What it wanted delivered is not queued any more. */
    void unsubscribe(List<Subscription> subscriptions) {
        subscriptions.forEach(each -> around.subscriptions().remove(each.destination()));
    }

    private void halt() {
        for (Direction direction : List.of(Direction.RECEIVING, Direction.DELIVERING)) {
            for (Map.Entry<String, Front> front : List.copyOf(fronts.entrySet())) {
                if (direction.concerns(front.getValue())) {
                    drop(front.getKey());
                }
            }
        }
        stable = null;
        canary = null;
        removeOthers();
    }

    private void drop(String id) {
        fronts.remove(id).stop();
        // who still comes this way, after a stop that was not waited for, is told to come again
        switches.remove(id).choose(null, null, null);
    }

    private void removeOthers() {
        Set<Version> kept = Stream.of(stable, canary).filter(Objects::nonNull).collect(Collectors.toSet());
        for (Version version : new ArrayList<>(started)) {
            if (!kept.contains(version)) {
                started.remove(version);
                version.close(() -> around.removals().execute(() -> removed(version)));
            }
        }
    }

    private void removed(Version version) {
        version.remove();
        labels.remove(version.owner().substring(version.owner().indexOf('@') + 1));
    }

    private static String digest(Version version) {
        return version == null ? "" : version.plan().digest();
    }
}
