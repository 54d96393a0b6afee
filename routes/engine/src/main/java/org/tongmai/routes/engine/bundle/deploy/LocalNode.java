package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.deploy.RunningInstance.Direction;
import org.tongmai.routes.engine.bundle.deploy.RunningInstance.Surroundings;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** What this node runs, and how it comes to run what is desired. Called by one thread at a time. */
final class LocalNode {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);

    private final Surroundings around;
    private final Plans plans;
    private final BundleTables tables;
    private final Map<String, RunningInstance> instances = new ConcurrentSkipListMap<>();
    private final Map<String, Seen> told = new HashMap<>();

    /** Makes the plan of a release as an instance gets it. */
    interface Plans {
        /** @throws CodedException with every violation */
        Pair of(Desired desired);

        /** @param canary null for none */
        record Pair(Plan stable, Plan canary) {}

        /** What an instance wants delivered, also where it breaks a rule: it waits for the bundle to be mended. */
        List<Subscription> subscriptions(Desired desired);
    }

    LocalNode(Surroundings around, Plans plans, BundleTables tables) {
        this.around = around;
        this.plans = plans;
        this.tables = tables;
    }

    Optional<RunningInstance> find(String instance) {
        return Optional.ofNullable(instances.get(instance));
    }

    private RunningInstance of(String instance) {
        return instances.computeIfAbsent(instance, any -> new RunningInstance(around));
    }

    /** Starts all: what delivers before what receives, so nothing comes in that nobody would take away. */
    void startAll(List<Desired> all) {
        Set<Desired> starting = new HashSet<>();
        for (Desired desired : all) {
            if (!desired.runs()) {
                attempt(desired, () -> rest(desired));
            } else if (attempt(desired, () -> bodies(desired))) {
                starting.add(desired);
            }
        }
        for (Direction direction : Direction.values()) {
            for (Desired desired : all) {
                boolean goesOn = starting.contains(desired);
                if (goesOn && !attempt(desired, () -> fronts(desired, direction))) {
                    starting.remove(desired);
                }
            }
        }
        all.stream().filter(starting::contains).forEach(this::settle);
        all.forEach(each -> tell(each.instance()));
    }

    /** Follows one decision. */
    void follow(Desired desired) {
        RunningInstance instance = of(desired.instance());
        if (!desired.runs()) {
            attempt(desired, () -> rest(desired));
        } else if (instance.stable() == null) {
            startAll(List.of(desired));
        } else if (attempt(desired, () -> change(desired), issues -> goOn(desired, issues))) {
            settle(desired);
        }
        tell(desired.instance());
    }

    /**
     * Whatever may fail of a decision that is not made yet; traffic goes where it went.
     *
     * @throws CodedException when it can not be followed; then everything is as it was
     */
    void prepare(Desired desired) {
        RunningInstance instance = of(desired.instance());
        try {
            Plans.Pair pair = plans.of(desired);
            Version stable = instance.openBodies(pair.stable());
            if (pair.canary() != null) {
                instance.checkCanary(pair.canary());
                instance.openBodies(pair.canary());
            }
            instance.openFronts(stable, Direction.RECEIVING);
        } catch (CodedException e) {
            instance.giveUp();
            throw e;
        }
    }

    /** The decision was not made. */
    void giveUp(Desired desired) {
        of(desired.instance()).giveUp();
    }

    /** Stops everything that runs here, receiving routes first, without a decision. */
    void stopAll() {
        instances.values().forEach(instance -> instance.stop(instance.seen().generation()));
    }

    /** Instances that should run here and do not, and why. */
    Map<String, List<Issue>> notRunning() {
        Map<String, List<Issue>> found = new TreeMap<>();
        instances.forEach((id, instance) -> {
            if (!instance.seen().issues().isEmpty()) {
                found.put(id, instance.seen().issues());
            }
        });
        return found;
    }

    /** Tells the others what this node runs, if that is news. */
    void tell(String instance) {
        Seen seen = of(instance).seen();
        if (!seen.equals(told.get(instance))) {
            tables.say(instance, seen);
            told.put(instance, seen);
        }
    }

    private void bodies(Desired desired) {
        RunningInstance instance = of(desired.instance());
        instance.subscribe(plans.subscriptions(desired));
        Plans.Pair pair = plans.of(desired);
        Version stable = instance.openBodies(pair.stable());
        Version canary = pair.canary() == null ? null : instance.openBodies(pair.canary());
        instance.choose(stable, canary, desired.rule());
    }

    private void fronts(Desired desired, Direction direction) {
        RunningInstance instance = of(desired.instance());
        instance.openFronts(instance.stable(), direction);
    }

    /** What runs goes on until everything new is there. */
    private void change(Desired desired) {
        RunningInstance instance = of(desired.instance());
        Plans.Pair pair = plans.of(desired);
        Version stable = instance.openBodies(pair.stable());
        Version canary = pair.canary() == null ? null : instance.openBodies(pair.canary());
        instance.openFronts(stable, Direction.RECEIVING);
        instance.subscribe(pair.stable().subscriptions());
        instance.choose(stable, canary, desired.rule());
        instance.openFronts(stable, Direction.DELIVERING);
    }

    private void settle(Desired desired) {
        of(desired.instance()).settle(desired.generation());
        LOG.info("bundle {}: {} generation {}", desired.instance(), desired.state(), desired.generation());
    }

    private void rest(Desired desired) {
        RunningInstance instance = of(desired.instance());
        List<Subscription> subscriptions = plans.subscriptions(desired);
        if (desired.state() == BundleState.RETIRED) {
            instance.unsubscribe(subscriptions);
        } else {
            instance.subscribe(subscriptions);
        }
        instance.stop(desired.generation());
    }

    /** A step of a start from nothing: what fails leaves nothing. */
    private boolean attempt(Desired desired, Runnable step) {
        return attempt(desired, step, issues -> of(desired.instance()).stop(desired.generation()));
    }

    /** Answers whether it went well; a database that is away is nobody's failure, and it is tried again. */
    private boolean attempt(Desired desired, Runnable step, Consumer<List<Issue>> otherwise) {
        try {
            step.run();
            return true;
        } catch (CodedException e) {
            List<Issue> issues = new ArrayList<>(e.issues());
            if (issues.get(0).code() == DeployError.DATABASE_AWAY) {
                throw e;
            }
            otherwise.accept(issues);
            boolean failed = issues.stream().anyMatch(LocalNode::isOfStart);
            of(desired.instance())
                    .failed(desired.generation(), failed ? RunCondition.FAILED : RunCondition.REFUSED, issues);
            issues.forEach(issue -> LOG.error("bundle {}: {}", desired.instance(), issue.text()));
            return false;
        }
    }

    private void goOn(Desired desired, List<Issue> issues) {
        try {
            of(desired.instance()).giveUp();
        } catch (CodedException e) { // the source it had is taken meanwhile
            issues.addAll(e.issues());
            of(desired.instance()).stop(desired.generation());
        }
    }

    private static boolean isOfStart(Issue issue) {
        return issue.code() == BundleError.START_FAILED;
    }
}
