package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
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
        Map<Desired, Opened> starting = new LinkedHashMap<>();
        for (Desired desired : all) {
            attempt(desired, () -> {
                if (desired.runs()) {
                    starting.put(desired, bodies(desired));
                } else {
                    rest(desired);
                }
            });
        }
        goOn(starting, this::openDelivering);
        goOn(starting, this::openReceiving);
        starting.keySet().forEach(this::settle);
        tell(all.stream().map(Desired::instance).toList());
    }

    private void goOn(Map<Desired, Opened> starting, BiConsumer<Desired, Opened> step) {
        starting.entrySet()
                .removeIf(each -> !attempt(each.getKey(), () -> step.accept(each.getKey(), each.getValue())));
    }

    /** Follows one decision. */
    void follow(Desired desired) {
        RunningInstance instance = of(desired.instance());
        if (!desired.runs()) {
            attempt(desired, () -> rest(desired));
        } else if (instance.stable() == null) {
            startAll(List.of(desired));
        } else if (attempt(desired, () -> change(desired), issues -> issues.addAll(instance.giveUp()))) {
            settle(desired);
        }
        tell(List.of(desired.instance()));
    }

    /**
     * Whatever may fail of a decision that is not made yet; traffic goes where it went.
     *
     * @throws CodedException when it can not be followed; then it is to be {@link #giveUp given up}
     */
    void prepare(Desired desired) {
        RunningInstance instance = of(desired.instance());
        Plans.Pair pair = plans.of(desired).accepted();
        Version stable = instance.openBodies(pair.stable());
        if (pair.canary() != null) {
            instance.checkCanary(pair.canary());
            instance.openBodies(pair.canary());
        }
        instance.openFronts(stable, Direction.RECEIVING);
    }

    /** The decision was not made: what ran goes on. A source that can not is this node's failure, and is tried again. */
    void giveUp(Desired desired) {
        RunningInstance instance = of(desired.instance());
        List<Issue> lost = instance.giveUp();
        if (!lost.isEmpty()) {
            note(desired.instance(), instance.seen().generation(), lost);
            lost.forEach(issue -> LOG.error("bundle {} lost its source: {}", desired.instance(), issue.text()));
        }
    }

    /** Ends everything that comes in here, receiving routes first, without a decision: the Camel context stops next. */
    void shutDown() {
        for (Direction direction : List.of(Direction.RECEIVING, Direction.DELIVERING)) {
            instances.values().forEach(instance -> instance.shutDown(direction));
        }
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

    /** Forgets instances that nobody wants to know of any more, and tells anew of the others. */
    void review(Set<String> known) {
        instances
                .entrySet()
                .removeIf(each ->
                        !known.contains(each.getKey()) && each.getValue().stable() == null);
        told.clear();
        tell(List.copyOf(known));
    }

    /** Tells the others what this node runs, as far as that is news. */
    void tell(List<String> ofInstances) {
        Map<String, Seen> news = new TreeMap<>();
        for (String instance : ofInstances) {
            Seen seen = of(instance).seen();
            if (!seen.equals(told.get(instance))) {
                news.put(instance, seen);
            }
        }
        if (!news.isEmpty()) {
            tables.say(news);
            told.putAll(news);
        }
    }

    /** The versions of one decision, started. */
    private record Opened(Version stable, Version canary) {}

    private Opened bodies(Desired desired) {
        RunningInstance instance = of(desired.instance());
        Plans.Pair pair = plans.of(desired);
        instance.subscribe(pair.stable().subscriptions());
        pair.accepted();
        Version stable = instance.openBodies(pair.stable());
        return new Opened(stable, pair.canary() == null ? null : instance.openBodies(pair.canary()));
    }

    private void openDelivering(Desired desired, Opened opened) {
        RunningInstance instance = of(desired.instance());
        instance.introduce(opened.stable(), Direction.DELIVERING);
        instance.openFronts(opened.stable(), Direction.DELIVERING);
    }

    private void openReceiving(Desired desired, Opened opened) {
        RunningInstance instance = of(desired.instance());
        instance.choose(opened.stable(), opened.canary(), desired.rule());
        instance.openFronts(opened.stable(), Direction.RECEIVING);
    }

    /** What runs goes on until everything new is there: a version whose destinations do not open takes no message. */
    private void change(Desired desired) {
        RunningInstance instance = of(desired.instance());
        Opened opened = bodies(desired);
        instance.openFronts(opened.stable(), Direction.RECEIVING);
        openDelivering(desired, opened);
        instance.choose(opened.stable(), opened.canary(), desired.rule());
    }

    private void settle(Desired desired) {
        of(desired.instance()).settle(desired.generation());
        LOG.info("bundle {}: {} generation {}", desired.instance(), desired.state(), desired.generation());
    }

    private void rest(Desired desired) {
        RunningInstance instance = of(desired.instance());
        boolean retired = desired.state() == BundleState.RETIRED;
        List<Subscription> wishes =
                retired ? List.of() : plans.of(desired).stable().subscriptions();
        instance.stop(desired.generation());
        instance.wishOnly(wishes);
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
        } catch (RuntimeException e) { // also what nobody has foreseen: the others go on
            List<Issue> issues = Unforeseen.issues(e);
            if (issues.get(0).code() == DeployError.DATABASE_AWAY) {
                throw e;
            }
            failed(desired, new ArrayList<>(issues), otherwise);
            return false;
        }
    }

    private void failed(Desired desired, List<Issue> issues, Consumer<List<Issue>> otherwise) {
        List<Issue> before = of(desired.instance()).seen().issues();
        otherwise.accept(issues);
        note(desired.instance(), desired.generation(), issues);
        if (!issues.equals(before)) { // it is tried again and again
            issues.forEach(issue -> LOG.error("bundle {}: {}", desired.instance(), issue.text()));
        }
    }

    private void note(String instance, long generation, List<Issue> issues) {
        boolean failed = issues.stream().anyMatch(LocalNode::isOfStart);
        of(instance).failed(generation, failed ? RunCondition.FAILED : RunCondition.REFUSED, List.copyOf(issues));
    }

    private static boolean isOfStart(Issue issue) {
        return issue.code() == BundleError.START_FAILED || issue.code() == BundleError.NOT_READY;
    }
}
