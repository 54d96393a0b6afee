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
    /** Those that take nothing more and have not emptied. */
    private final Set<Version> leaving = new HashSet<>();

    private final Set<String> labels = new HashSet<>();
    private final Set<String> destinations = new HashSet<>();
    /** What alone is to be queued for it; null while that is not decided. */
    private List<Subscription> wishes;

    private final Again again = new Again(System::nanoTime);
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
        version.plan().routes().keySet().forEach(id -> openFront(id, version, direction));
    }

    private void openFront(String id, Version version, Direction direction) {
        Front wanted = new Front(around.camel(), id, version.plan(), toBody(id, version.plan()));
        Front old = fronts.get(id);
        if (direction.concerns(wanted) && (old == null || !wanted.hasTheSourceOf(old))) {
            replace(id, old, wanted, version);
        }
    }

    private Switch toBody(String id, Plan plan) {
        Direction direction = plan.routes().get(id).delivers() ? Direction.DELIVERING : Direction.RECEIVING;
        return switches.computeIfAbsent(id, any -> new Switch(direction));
    }

    private void replace(String id, Front old, Front wanted, Version version) {
        if (old != null) {
            fronts.remove(id);
            old.stop();
            if (wanted.delivers()) {
                // What another source hands over is not what the old steps expect.
                switches.get(id).choose(version.body(id), null, null);
            }
        }
        try {
            wanted.start();
            fronts.put(id, wanted);
        } catch (RuntimeException e) { // also what nobody has foreseen
            if (old != null) {
                bringBack(id, old, e);
            }
            throw e;
        }
    }

    private void bringBack(String id, Front old, RuntimeException why) {
        try {
            if (old.delivers() && stable != null && stable.body(id) != null) {
                switches.get(id).choose(stable.body(id), null, null);
            }
            old.start();
            fronts.put(id, old);
        } catch (RuntimeException lost) {
            List<Issue> both = new ArrayList<>(Unforeseen.issues(why));
            both.addAll(Unforeseen.issues(lost));
            throw new CodedException(both, why);
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

    /** Lets what comes by routes of this direction that did not run before go to the version; nothing else goes there. */
    void introduce(Version version, Direction direction) {
        version.plan().routes().forEach((id, route) -> {
            boolean concerned = route.delivers() == (direction == Direction.DELIVERING);
            if (concerned && (stable == null || stable.body(id) == null)) {
                toBody(id, version.plan()).choose(version.body(id), null, null);
            }
        });
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

    /** Queues from now on what it wants delivered as well, also while it does not run; what is queued now still is. */
    void subscribe(List<Subscription> subscriptions) {
        for (Subscription each : subscriptions) {
            around.subscriptions().register(each);
            destinations.add(each.destination());
        }
        wishes = null;
    }

    /**
     * Queues nothing more for any other destination that it ever asked for: as soon as no version is left that is busy
     * and publishes for them.
     */
    void wishOnly(List<Subscription> subscriptions) {
        subscribe(subscriptions);
        wishes = subscriptions;
        if (leaving.isEmpty() && running().containsAll(started)) {
            subscribeOnly(subscriptions);
        }
    }

    private void subscribeOnly(List<Subscription> subscriptions) {
        subscriptions.forEach(around.subscriptions()::registerOnly);
        Set<String> wanted =
                subscriptions.stream().map(Subscription::destination).collect(Collectors.toSet());
        destinations.stream().filter(each -> !wanted.contains(each)).forEach(around.subscriptions()::remove);
        destinations.retainAll(wanted);
    }

    /**
     * Removes sources that the version does not have, and versions nothing is sent to: when nothing is in flight in them.
     */
    void settle(long generation) {
        dropOthers(stable);
        wishOnly(stable.plan().subscriptions());
        removeOthers();
        seen = new Seen(generation, RunCondition.RUNNING, digest(stable), digest(canary), List.of());
        again.forget();
    }

    /** What was begun is given up; what ran goes on. Answers what could not be brought back, for example a taken port. */
    List<Issue> giveUp() {
        List<Issue> lost = new ArrayList<>();
        if (stable == null) {
            halt();
            return lost;
        }
        dropOthers(stable);
        for (Direction direction : Direction.values()) {
            for (String id : stable.plan().routes().keySet()) {
                try {
                    reopen(id, direction);
                } catch (RuntimeException e) { // the others come back all the same
                    lost.addAll(Unforeseen.issues(e));
                }
            }
        }
        wishOnly(stable.plan().subscriptions());
        removeOthers();
        return lost;
    }

    /** What another source handed over went to other steps: what delivers goes to those that run again. */
    private void reopen(String id, Direction direction) {
        Front before = fronts.get(id);
        openFront(id, stable, direction);
        Front now = fronts.get(id);
        if (now != before && now.delivers()) {
            switches.get(id).choose(stable.body(id), null, null);
        }
    }

    /** Also switches of routes that did not come to run. */
    private void dropOthers(Version than) {
        for (String id : List.copyOf(switches.keySet())) {
            if (than.body(id) == null) {
                drop(id);
            }
        }
    }

    /** Notes why this node does not follow; what did not start is to be tried again. */
    void failed(long generation, RunCondition condition, List<Issue> issues) {
        seen = new Seen(generation, condition, digest(stable), digest(canary), issues);
        if (condition == RunCondition.FAILED) {
            again.later();
        }
    }

    /** Whether it failed and is to be tried again now. */
    boolean due() {
        return seen.condition() == RunCondition.FAILED && again.due();
    }

    /** Stops everything, receiving routes first. */
    void stop(long generation) {
        halt();
        seen = new Seen(generation, RunCondition.STOPPED, "", "", List.of());
    }

    /** The Camel context stops next: the sources of this direction end. */
    void shutDown(Direction direction) {
        fronts.values().stream().filter(direction::concerns).forEach(Front::halt);
    }

    private void halt() {
        for (Direction direction : List.of(Direction.RECEIVING, Direction.DELIVERING)) {
            for (Map.Entry<String, Front> front : List.copyOf(fronts.entrySet())) {
                if (direction.concerns(front.getValue())) {
                    drop(front.getKey());
                }
            }
        }
        List.copyOf(switches.keySet()).forEach(this::drop);
        stable = null;
        canary = null;
        removeOthers();
    }

    private void drop(String id) {
        Front front = fronts.remove(id);
        if (front != null) {
            front.stop();
        }
        // who still comes this way, after a stop that was not waited for, is told to come again
        switches.remove(id).choose(null, null, null);
    }

    private void removeOthers() {
        Set<Version> kept = running();
        for (Version version : new ArrayList<>(started)) {
            if (!kept.contains(version)) {
                started.remove(version);
                leaving.add(version);
                version.close(() -> around.removals().execute(() -> removed(version)));
            }
        }
    }

    /** The version that runs and the one that takes a share, as far as there are any. */
    Set<Version> running() {
        return Stream.of(stable, canary).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private void removed(Version version) {
        leaving.remove(version);
        if (leaving.isEmpty() && wishes != null) {
            subscribeOnly(wishes);
        }
        version.remove();
        labels.remove(version.owner().substring(version.owner().indexOf('@') + 1));
    }

    private static String digest(Version version) {
        return version == null ? "" : version.plan().digest();
    }
}
