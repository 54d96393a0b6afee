package org.tongmai.routes.engine.bundle.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.FormerMappings;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles;
import org.tongmai.routes.engine.bundle.RunningBundle;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The bundles of one node: runs what is desired, follows every decision, and makes decisions for those who ask.
 *
 * <pre>{@code
 * BundleDeployments bundles = BundleDeployments.open(parts, rules);
 * bundles.start(Path.of("routes/bundles"));      // what was deployed, and what the folder has that never was
 * bundles.deploy(BundleZip.read(zip), Order.by("administrator"));
 * }</pre>
 */
public final class BundleDeployments implements RouteBundles, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleDeployments.class);

    private static final long FOLLOW_MILLIS = 500;
    private static final long REMOVAL_SECONDS = 10;

    private final BundleTables tables;
    private final TenantTables tenants;
    private final Admission admission;
    private final Decisions decisions;
    private final Seeding seeding;
    private final Listing listing;
    private final FormerRows former;
    private final ScheduledExecutorService timer = LastingWork.timer("bundles-follow");
    private final ExecutorService removals = LastingWork.timer("bundles-remove");
    private volatile Map<String, List<Issue>> notSeeded = Map.of();

    /**
     * What it works with.
     *
     * @param context started, without routes of bundles
     * @param subscriptions who gets what
     * @param dataSource of the desired state
     * @param nodeName of this process
     */
    public record Parts(
            CamelContext context, SubscriptionRegistry subscriptions, DataSource dataSource, String nodeName) {}

    private BundleDeployments(Parts parts, DeployRules rules) {
        BundleSettings settings = new BundleSettings();
        parts.context().getPropertiesComponent().addPropertiesSource(settings);
        this.tables = new BundleTables(parts.dataSource(), parts.nodeName());
        this.tenants = new TenantTables(parts.dataSource(), rules.key());
        this.admission = new Admission(parts.context(), rules);
        this.decisions = new Decisions(
                new Decisions.Books(tables, tenants),
                admission,
                new RunningInstance.Surroundings(
                        new CamelRoutes(parts.context(), settings), parts.subscriptions(), this::removeLater));
        this.seeding = new Seeding(decisions, admission, tables);
        this.listing = new Listing(tables, decisions.node());
        this.former = new FormerRows(decisions.node(), tables, rules.mappings());
    }

    /** One at a time with decisions: Camel's model of routes is changed by one thread only. */
    private void removeLater(Runnable removal) {
        if (removals.isShutdown()) {
            return;
        }
        try {
            removals.execute(LastingWork.task(() -> decisions.locked(() -> {
                removal.run();
                return removal;
            })));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed in the meantime: the Camel context takes the routes down", e);
        }
    }

    /** Brings the tables up to date; starts nothing. */
    public static BundleDeployments open(Parts parts, DeployRules rules) {
        Schema.migrate(parts.dataSource(), "bundle");
        return new BundleDeployments(parts, rules);
    }

    /**
     * Runs what was deployed, and deploys what the folder has that was never taken in. From then on follows every
     * decision, also of other nodes.
     */
    public void start(Path folder) {
        decisions.locked(() -> {
            tables.forgetWhatIsGone();
            notSeeded = seeding.seed(Folder.read(folder));
            decisions.node().startAll(tables.desired());
            return folder;
        });
        timer.scheduleWithFixedDelay(
                LastingWork.task(decisions::follow), FOLLOW_MILLIS, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The version that takes an instance's traffic on this node; empty when none does. */
    public Optional<RunningBundle> running(String instance) {
        return decisions
                .node()
                .find(instance)
                .map(RunningInstance::stable)
                .map(Version::plan)
                .map(plan -> new RunningBundle(plan.checked().archive(), admission.overrides(plan.tenant())));
    }

    /** The rows that mapped messages of the journal. */
    public FormerMappings former() {
        return former;
    }

    /** What the folder had that could not be deployed, by the bundle's id, and why. */
    public Map<String, List<Issue>> notSeeded() {
        return notSeeded;
    }

    /** Instances that should run on this node and do not, and why. */
    public Map<String, List<Issue>> notRunning() {
        return decisions.node().notRunning();
    }

    @Override
    public List<RouteBundle> all() {
        return listing.all();
    }

    @Override
    public Optional<RouteBundle> find(String instance) {
        return listing.find(instance);
    }

    @Override
    public List<RouteBundle.Release> releases(String bundle) {
        return tables.releases(bundle);
    }

    @Override
    public List<RouteBundle.Decided> ledger(String instance, int limit) {
        return tables.ledger(instance, limit);
    }

    @Override
    public List<RouteBundle> deploy(SignedArchive candidate, Order order) {
        String digest = candidate.archive().digest();
        return found(decisions.bring(
                candidate,
                order,
                before -> {
                    boolean there = before.state() == BundleState.RUNNING
                            && before.stable().equals(digest);
                    return there
                            ? Optional.empty()
                            : Optional.of(before.running(BundleDecision.DEPLOY.from(before.state()), digest));
                },
                BundleDecision.DEPLOY));
    }

    @Override
    public List<RouteBundle> canary(SignedArchive candidate, CanaryRule rule, Order order) {
        String digest = candidate.archive().digest();
        return found(decisions.bring(
                candidate,
                order,
                before ->
                        Optional.of(before.withCanary(BundleDecision.BEGIN_CANARY.from(before.state()), digest, rule)),
                BundleDecision.BEGIN_CANARY));
    }

    private List<RouteBundle> found(List<String> instances) {
        return instances.stream().map(id -> listing.find(id).orElseThrow()).toList();
    }

    private RouteBundle decide(String instance, Order order, BundleDecision decision, Decisions.After after) {
        decisions.decide(instance, order, decision, after);
        return listing.find(instance).orElseThrow();
    }

    @Override
    public RouteBundle promote(String instance, Order order) {
        return decide(
                instance, order, BundleDecision.PROMOTE, (before, state) -> before.running(state, before.canary()));
    }

    @Override
    public RouteBundle rollBack(String instance, Order order) {
        return decide(instance, order, BundleDecision.ROLL_BACK, (before, state) -> {
            if (!before.canary().isEmpty()) {
                return before.running(state, before.stable());
            }
            String earlier = tables.before(instance, before.stable())
                    .orElseThrow(() -> new CodedException(Issue.of(DeployError.NOTHING_BEFORE, instance, "")));
            return before.running(state, earlier);
        });
    }

    @Override
    public RouteBundle stop(String instance, Order order) {
        return decide(instance, order, BundleDecision.STOP, (before, state) -> before.running(state, before.stable()));
    }

    @Override
    public RouteBundle start(String instance, Order order) {
        return decide(instance, order, BundleDecision.START, (before, state) -> before.running(state, before.stable()));
    }

    @Override
    public RouteBundle retire(String instance, Order order) {
        return decide(
                instance, order, BundleDecision.RETIRE, (before, state) -> before.running(state, before.stable()));
    }

    /** The tenants; a change of one runs its instances anew. */
    public Tenants tenants() {
        return new TenantDesk(tenants, decisions::put);
    }

    /**
     * Ends what comes in here, receiving routes first; decides nothing: the next start runs the same. The Camel context is
     * to be stopped after that.
     */
    @Override
    public void close() {
        timer.shutdownNow();
        decisions.locked(() -> {
            decisions.node().shutDown();
            return decisions;
        });
        removals.shutdown();
        try {
            removals.awaitTermination(REMOVAL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
