package org.tongmai.routes.engine.bundle.deploy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
import org.tongmai.routes.engine.bundle.deploy.BundleTables.Taken;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Makes decisions, one at a time on this node, and follows those of others: each is first tried, then written, then done. */
final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final long REVIEW = TimeUnit.HOURS.toNanos(1);

    private final BundleTables tables;
    private final TenantTables tenants;
    private final Admission admission;
    private final Plans plans;
    private final LocalNode node;
    private final ReentrantLock work = new ReentrantLock();

    // guarded by work
    private final List<Unproven> unproven = new ArrayList<>();
    private boolean away;
    private long nextReview = System.nanoTime() + REVIEW;

    /** What is kept in the database. */
    record Books(BundleTables bundles, TenantTables tenants) {}

    /** @param around what the instances share */
    Decisions(Books books, Admission admission, RunningInstance.Surroundings around) {
        this.tables = books.bundles();
        this.tenants = books.tenants();
        this.admission = admission;
        this.plans = new Plans(books, admission);
        this.node = new LocalNode(around, plans, tables);
    }

    LocalNode node() {
        return node;
    }

    /** Only for what runs in {@link #locked}. */
    Plans plans() {
        return plans;
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
        List<Plan> candidates = new ArrayList<>();
        for (TenantRow tenant : whom) {
            next.of(expected(desired(archive.id(), tenant), order)); // what can not be is said before tests run
            candidates.add(admission.plan(archive, tenant).accepted());
        }
        Map<String, String> figures = admission.test(archive, whom);
        Taken taken = admission.taken(signed, candidates.get(0).checked(), author);
        return locked(() -> {
            candidates.forEach(plans::keep);
            List<Change> changes = new ArrayList<>();
            for (TenantRow tenant : whom) {
                Desired before = expected(desired(archive.id(), tenant), order);
                next.of(before)
                        .ifPresent(after -> changes.add(new Change(before, after, decision, order.by(), figures)));
            }
            if (!changes.isEmpty()) {
                carryOut(new Unproven(changes, null), connection -> {
                    tenants.hold(connection, whom); // with other rows it would run untested
                    return tables.take(connection, taken);
                });
            }
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
            Change change = new Change(before, next, decision, order.by(), figures);
            carryOut(new Unproven(List.of(change), null), connection -> change);
            return next;
        });
    }

    /** First whatever may fail, then the one transaction, then the traffic. */
    private <T> void carryOut(Unproven made, Sql.Work<T> with) {
        List<Desired> prepared = new ArrayList<>();
        try {
            for (Change change : made.changes()) {
                if (change.after().runs()) {
                    prepared.add(change.after());
                    node.prepare(change.after());
                }
            }
            tables.decide(made.changes(), with);
        } catch (RuntimeException e) {
            prepared.forEach(node::giveUp);
            if (isAway(e)) { // it may have been written all the same
                unproven.add(made);
            }
            throw e;
        } finally {
            plans.putting(null);
        }
        unproven.add(made);
        prove(made);
    }

    /**
     * Follows a decision that is written, and takes it back where it does not run after all.
     *
     * @throws CodedException why it does not; {@link DeployError#DATABASE_AWAY} when that is not known yet
     */
    private void prove(Unproven made) {
        List<Issue> failed = new ArrayList<>();
        for (Change change : made.changes()) {
            node.follow(change.after());
            Seen seen = node.find(change.after().instance()).orElseThrow().seen();
            if (change.after().runs() && seen.condition() != RunCondition.RUNNING) {
                failed.addAll(seen.issues());
            }
        }
        if (!failed.isEmpty()) {
            takeBack(made, failed);
        }
        unproven.remove(made);
        if (!failed.isEmpty()) {
            throw new CodedException(failed, null);
        }
    }

    private void takeBack(Unproven made, List<Issue> failed) {
        List<Change> back = made.back(failed.get(0).text());
        try {
            tables.decide(back, connection -> {
                TenantRow before = made.tenantBefore();
                return before == null ? before : put(connection, before.after(plans.tenant(before.name())));
            });
        } catch (CodedException e) {
            if (e.code() != DeployError.GENERATION_CHANGED) {
                throw e;
            }
            // that is what is followed
            LOG.warn("A decision that failed here is not taken back, somebody has decided since: {}", e.getMessage());
            return;
        }
        back.forEach(change -> node.follow(change.after()));
    }

    private static boolean isAway(RuntimeException e) {
        return e instanceof CodedException coded && coded.code() == DeployError.DATABASE_AWAY;
    }

    private static String text(RuntimeException e) {
        return Unforeseen.issues(e).stream().map(Issue::text).collect(Collectors.joining("; "));
    }

    /** Once in half a second: what others decided, and how canaries do. */
    void follow() {
        work.lock();
        try {
            List<Desired> wanted = tables.desired();
            if (proveWhatWasLeft(wanted)) {
                wanted = tables.desired(); // it may have been taken back just now
            }
            wanted.forEach(this::followOne);
            review(wanted);
            away = false;
        } catch (RuntimeException e) { // also what nobody has foreseen
            if (!away) {
                LOG.warn("The bundles go on as they are, their desired state can not be read: {}", text(e));
            }
            away = true;
        } finally {
            plans.forget();
            work.unlock();
        }
    }

    /** Decisions of this node whose end nobody has seen, because the database was away. Answers whether there were any. */
    private boolean proveWhatWasLeft(List<Desired> wanted) {
        boolean any = !unproven.isEmpty();
        for (Unproven made : List.copyOf(unproven)) {
            if (!made.stands(wanted)) {
                unproven.remove(made);
                continue;
            }
            try {
                prove(made);
            } catch (RuntimeException e) {
                if (isAway(e)) {
                    throw e;
                }
                unproven.remove(made);
                LOG.error("A decision was taken back: {}", text(e));
            }
        }
        return any;
    }

    private void review(List<Desired> wanted) {
        if (System.nanoTime() - nextReview >= 0) {
            tables.forgetWhatIsGone();
            node.review(wanted.stream().map(Desired::instance).collect(Collectors.toSet()));
            nextReview = System.nanoTime() + REVIEW;
        }
    }

    /** What hinders one instance hinders no other; only a database that is away is everybody's. */
    private void followOne(Desired desired) {
        try {
            Optional<RunningInstance> here = node.find(desired.instance());
            Seen seen = here.map(RunningInstance::seen).orElse(Seen.NOTHING);
            boolean due = here.isPresent() && here.get().due();
            if (seen.generation() != desired.generation() || due) {
                node.follow(desired);
            }
            node.tell(List.of(desired.instance()));
            judge(desired);
        } catch (RuntimeException e) { // also what nobody has foreseen
            if (isAway(e)) {
                throw e;
            }
            // Another node judged the same canary first: its decision is followed next time.
            if (Unforeseen.issues(e).get(0).code() != DeployError.GENERATION_CHANGED) {
                LOG.error("bundle {}: {}", desired.instance(), text(e));
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

    /** For whom a bundle is deployed: each tenant, or nobody in particular. */
    List<TenantRow> tenantsOf(BundleArchive archive) {
        return ManifestLife.of(archive).eachTenant() ? tenants.all() : List.of(TenantRow.NONE);
    }

    /** Changes a tenant, and runs its instances anew: as they were tested, or it is refused. */
    void put(TenantRow tenant, String by) {
        Optional<List<Desired>> tested = test(tenant);
        locked(() -> {
            List<Desired> now = of(tenant);
            if (tested.isPresent() && !tested.get().equals(now)) { // before anything of them is prepared
                throw changed(tenant);
            }
            List<Change> changes = new ArrayList<>();
            for (Desired before : now) {
                changes.add(new Change(
                        before, before.again(), BundleDecision.CHANGE_TENANT, by, Map.of("tenant", tenant.name())));
            }
            Optional<TenantRow> before = tenants.find(tenant.name());
            plans.putting(tenant);
            carryOut(new Unproven(changes, before.orElse(null)), connection -> {
                put(connection, tenant);
                // One that another node brought meanwhile would not be run anew, and was not tested.
                if (tables.instancesOf(connection, tenant.name()) != changes.size()) {
                    throw changed(tenant);
                }
                return tenant;
            });
            return tenant;
        });
    }

    private TenantRow put(Connection connection, TenantRow tenant) throws SQLException {
        if (!tenants.put(connection, tenant)) {
            throw changed(tenant);
        }
        return tenant;
    }

    private static CodedException changed(TenantRow tenant) {
        return new CodedException(Issue.of(DeployError.GENERATION_CHANGED, tenant.name(), ""));
    }

    /**
     * What runs for a tenant does with its rows what its golden tests say. Answers its instances as they were then; empty
     * where its rows stay, and nothing need be tested.
     */
    private Optional<List<Desired>> test(TenantRow tenant) {
        boolean same = tenants.find(tenant.name())
                .map(before -> before.overlayTexts().equals(tenant.overlayTexts()))
                .orElse(false);
        if (same) {
            return Optional.empty();
        }
        List<Desired> tested = of(tenant);
        for (Desired each : tested) {
            for (String digest : each.runs() ? List.of(each.stable(), each.canary()) : List.<String>of()) {
                if (!digest.isEmpty()) {
                    admission.test(tables.archive(digest).archive(), List.of(tenant));
                }
            }
        }
        return Optional.of(tested);
    }

    private List<Desired> of(TenantRow tenant) {
        return tables.desired().stream()
                .filter(each -> each.tenant().equals(tenant.name()))
                .toList();
    }

    Desired desired(String bundle, TenantRow tenant) {
        String instance = tenant.instanceOf(bundle);
        return tables.desired(instance)
                .orElseGet(() -> Desired.absent(bundle, tenant.name(), tables.lastGeneration(instance)));
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
            plans.forget();
            work.unlock();
        }
    }
}
