package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.deploy.BundleTables.Taken;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/** Makes decisions, one at a time on this node, and follows those of others: each is first tried, then written, then done. */
final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    private final BundleTables tables;
    private final TenantTables tenants;
    private final Admission admission;
    private final LocalNode node;
    private final ReentrantLock work = new ReentrantLock();

    // guarded by work
    private BundleArchive beingTaken;
    private TenantRow beingPut;
    private boolean away;

    /** What is kept in the database. */
    record Books(BundleTables bundles, TenantTables tenants) {}

    /** @param around what the instances share */
    Decisions(Books books, Admission admission, RunningInstance.Surroundings around) {
        this.tables = books.bundles();
        this.tenants = books.tenants();
        this.admission = admission;
        this.node = new LocalNode(around, new FromTables(), tables);
    }

    LocalNode node() {
        return node;
    }

    /** What is wanted of an instance when a version comes; empty for nothing else than before. */
    interface Next {
        Optional<Desired> of(Desired before);
    }

    /** Brings a version to the instances of its bundle; answers their ids. */
    List<String> bring(SignedArchive signed, Order order, Next next, BundleDecision decision) {
        BundleArchive archive = signed.archive();
        String author = admission.author(signed);
        List<TenantRow> whom = tenantsOf(archive);
        if (whom.isEmpty()) {
            throw new CodedException(Issue.of(DeployError.TENANT_UNKNOWN, "", "the bundle is for each tenant"));
        }
        BundlePlan checked = null;
        for (TenantRow tenant : whom) {
            checked = admission.plan(archive, tenant).checked();
        }
        Map<String, String> figures = admission.test(archive, whom.get(0));
        Taken taken = admission.taken(signed, checked, author);
        return locked(() -> {
            List<Change> changes = new ArrayList<>();
            for (TenantRow tenant : whom) {
                Desired before = expected(desired(archive.id(), tenant), order);
                next.of(before)
                        .ifPresent(after -> changes.add(new Change(before, after, decision, order.by(), figures)));
            }
            carryOut(changes, taken);
            return whom.stream().map(tenant -> tenant.instanceOf(archive.id())).toList();
        });
    }

    /** What is wanted of an instance after a decision. */
    interface After {
        Desired of(Desired before, BundleState state);
    }

    /** Decides about an instance that is there. */
    void decide(String instance, Order order, BundleDecision decision, After after) {
        locked(() -> {
            Desired before = expected(
                    tables.desired(instance)
                            .orElseThrow(() -> new CodedException(Issue.of(BundleError.BUNDLE_UNKNOWN, instance, ""))),
                    order);
            Map<String, String> figures = node.find(instance)
                    .map(RunningInstance::canary)
                    .map(CanaryWatch::figures)
                    .orElse(Map.of());
            Desired next = after.of(before, decision.from(before.state()));
            carryOut(List.of(new Change(before, next, decision, order.by(), figures)), null);
            return next;
        });
    }

    /** First whatever may fail, then the one transaction, then the traffic. */
    private void carryOut(List<Change> changes, Taken taken) {
        if (!changes.isEmpty()) {
            carryOut(changes, taken, connection -> tables.take(connection, taken));
        }
    }

    private <T> void carryOut(List<Change> changes, Taken taken, Sql.Work<T> with) {
        List<Desired> prepared = new ArrayList<>();
        try {
            beingTaken = taken == null ? null : taken.signed().archive();
            prepare(changes, prepared);
            tables.decide(changes, with);
        } catch (CodedException e) {
            prepared.forEach(node::giveUp);
            throw e;
        } finally {
            beingTaken = null;
        }
        changes.forEach(change -> node.follow(change.after()));
        List<Issue> failed = new ArrayList<>();
        changes.forEach(change -> failed.addAll(takeBackWhatFailed(change)));
        if (!failed.isEmpty()) {
            throw new CodedException(failed, null);
        }
    }

    private void prepare(List<Change> changes, List<Desired> prepared) {
        for (Change change : changes) {
            if (change.after().runs()) {
                node.prepare(change.after());
                prepared.add(change.after());
            }
        }
    }

    /** A version that did not become healthy after all: its destinations, which open last, did not. */
    private List<Issue> takeBackWhatFailed(Change change) {
        Seen seen = node.find(change.after().instance()).orElseThrow().seen();
        if (!change.after().runs() || seen.condition() == RunCondition.RUNNING) {
            return List.of();
        }
        boolean ranBefore = change.before().runs()
                && !change.before().stable().equals(change.after().stable());
        BundleDecision decision = ranBefore ? BundleDecision.ROLL_BACK : BundleDecision.STOP;
        Desired back = change.after()
                .running(
                        ranBefore ? BundleState.RUNNING : BundleState.STOPPED,
                        ranBefore ? change.before().stable() : change.after().stable());
        Map<String, String> why = Map.of("failed", seen.issues().get(0).text());
        tables.decide(List.of(new Change(change.after(), back, decision, Change.PLATFORM, why)), connection -> why);
        node.follow(back);
        return seen.issues();
    }

    /** Once in half a second: what others decided, and how canaries do. */
    void follow() {
        work.lock();
        try {
            for (Desired desired : tables.desired()) {
                followOne(desired);
            }
            away = false;
        } catch (CodedException e) {
            if (!away) {
                LOG.warn("The bundles go on as they are, their desired state can not be read: {}", e.getMessage());
            }
            away = true;
        } finally {
            work.unlock();
        }
    }

    /** What hinders one instance hinders no other; only a database that is away is everybody's. */
    private void followOne(Desired desired) {
        try {
            Seen seen = node.find(desired.instance()).map(RunningInstance::seen).orElse(Seen.NOTHING);
            if (seen.generation() != desired.generation()) {
                node.follow(desired);
            }
            node.tell(desired.instance());
            judge(desired);
        } catch (CodedException e) {
            ErrorCode code = e.issues().get(0).code();
            if (code == DeployError.DATABASE_AWAY) {
                throw e;
            }
            // Another node judged the same canary first: its decision is followed next time.
            if (code != DeployError.GENERATION_CHANGED) {
                LOG.error("bundle {}: {}", desired.instance(), e.getMessage());
            }
        }
    }

    private void judge(Desired desired) {
        RunningInstance running = node.find(desired.instance()).orElseThrow();
        if (running.canary() == null || running.seen().generation() != desired.generation()) {
            return;
        }
        CanaryWatch.broken(running.canary(), running.stable()).ifPresent(figures -> {
            Desired after = desired.running(BundleDecision.ROLL_BACK_BY_BOUND.from(desired.state()), desired.stable());
            tables.decide(
                    List.of(new Change(desired, after, BundleDecision.ROLL_BACK_BY_BOUND, Change.PLATFORM, figures)),
                    connection -> figures);
            LOG.warn("bundle {}: the canary broke its bound and was rolled back: {}", desired.instance(), figures);
            node.follow(after);
        });
    }

    /** Releases as their instances get them. */
    private final class FromTables implements LocalNode.Plans {
        @Override
        public Pair of(Desired desired) {
            TenantRow tenant = tenant(desired.tenant());
            Plan stable = plan(desired.stable(), tenant);
            Plan canary = desired.canary().isEmpty() ? null : plan(desired.canary(), tenant);
            return new Pair(stable, canary);
        }

        @Override
        public List<Subscription> subscriptions(Desired desired) {
            TenantRow tenant = tenant(desired.tenant());
            return Plan.subscriptions(tenant, admission.check(archive(desired.stable()), tenant));
        }
    }

    private Plan plan(String digest, TenantRow tenant) {
        return admission.plan(archive(digest), tenant);
    }

    private BundleArchive archive(String digest) {
        boolean taken = beingTaken != null && beingTaken.digest().equals(digest);
        return taken ? beingTaken : tables.archive(digest).archive();
    }

    /** For whom a bundle is deployed: each tenant, or nobody in particular. */
    List<TenantRow> tenantsOf(BundleArchive archive) {
        return ManifestLife.of(archive).eachTenant() ? tenants.all() : List.of(TenantRow.NONE);
    }

    private TenantRow tenant(String name) {
        if (name.isEmpty()) {
            return TenantRow.NONE;
        }
        if (beingPut != null && beingPut.name().equals(name)) {
            return beingPut;
        }
        return tenants.find(name).orElseThrow(() -> new CodedException(Issue.of(DeployError.TENANT_UNKNOWN, name, "")));
    }

    /** Changes a tenant, and runs its instances anew. */
    void put(TenantRow tenant, String by) {
        locked(() -> {
            List<Change> changes = new ArrayList<>();
            for (Desired before : tables.desired()) {
                if (before.tenant().equals(tenant.name())) {
                    changes.add(new Change(
                            before, before.again(), BundleDecision.CHANGE_TENANT, by, Map.of("tenant", tenant.name())));
                }
            }
            beingPut = tenant;
            try {
                carryOut(changes, null, connection -> {
                    if (!tenants.put(connection, tenant)) {
                        throw new CodedException(Issue.of(DeployError.GENERATION_CHANGED, tenant.name(), ""));
                    }
                    return tenant;
                });
            } finally {
                beingPut = null;
            }
            return tenant;
        });
    }

    Desired desired(String bundle, TenantRow tenant) {
        return tables.desired(tenant.instanceOf(bundle)).orElseGet(() -> Desired.absent(bundle, tenant.name()));
    }

    private static Desired expected(Desired found, Order order) {
        if (order.generation() != Order.ANY && order.generation() != found.generation()) {
            throw new CodedException(Issue.of(
                    DeployError.GENERATION_CHANGED,
                    found.instance(),
                    "found " + found.generation() + ", expected " + order.generation()));
        }
        return found;
    }

    /** One decision at a time. */
    <T> T locked(Supplier<T> task) {
        work.lock();
        try {
            return task.get();
        } finally {
            work.unlock();
        }
    }
}
