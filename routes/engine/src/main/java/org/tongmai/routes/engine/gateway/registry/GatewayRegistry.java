package org.tongmai.routes.engine.gateway.registry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.gateway.CopyFigures;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Gateways;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.OwnershipProposal;
import org.tongmai.routes.engine.gateway.Publication;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.chain.PublishedService;
import org.tongmai.routes.engine.gateway.chain.RulesInForce;
import org.tongmai.routes.engine.gateway.chain.Surroundings;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Publishes rules on every node: whole, at once, and never half. A publication is made ready first, then written, then in
 * force; other nodes follow within a second, and say what they run. A node that can not follow, or can not reach the
 * database, goes on with what it has; one that has not every key, or can not carry a service, follows, refuses what needs
 * them, and says so.
 */
public final class GatewayRegistry implements Gateways, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayRegistry.class);
    private static final long PERIOD_MILLISECONDS = 500;
    private static final int SAY_EVERY = 4;

    private final RegistryTables tables;
    private final LocalRules local;
    private final Routes routes;
    private final Place place;
    private final Surroundings around;
    private final AtomicInteger alive = new AtomicInteger(1);
    private final ScheduledExecutorService timer = LastingWork.timer("gateway-registry");
    private volatile Applied applied;
    private final BackOff again = new BackOff();
    private boolean away;
    private int rounds;

    private record Applied(long revision, String digest, Instant at, String problem) {}

    /** What makes Camel routes of rules. */
    public record Routes(ServiceRoutes services, ListenerRoutes listeners) {}

    /**
     * This node among the others.
     *
     * @param node its name
     * @param domains service domains it serves; empty for all
     */
    public record Place(String node, Set<String> domains) {
        public Place {
            domains = Set.copyOf(domains);
        }

        boolean serves(String domain) {
            return domain.isEmpty() || domains.isEmpty() || domains.contains(domain);
        }
    }

    /**
     * @param dataSource of the registry; migrated here
     * @param routes makes routes of services and listeners
     * @param place this node
     * @param around what rules need beside themselves
     */
    public GatewayRegistry(DataSource dataSource, Routes routes, Place place, Surroundings around) {
        Schema.migrate(dataSource, "gateway");
        this.tables = new RegistryTables(dataSource);
        this.routes = routes;
        this.local = new LocalRules(routes, place, around, alive::get);
        this.place = place;
        this.around = around;
        this.applied = new Applied(0, "", now(), "");
    }

    /** Takes up what was published last, and follows from now on. */
    public void start() {
        follow();
        timer.scheduleWithFixedDelay(
                LastingWork.task(this::round), PERIOD_MILLISECONDS, PERIOD_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** The rules a call that begins now goes by. */
    public RulesInForce inForce() {
        return local.inForce();
    }

    @Override
    public Publication publish(String json, long basedOn, String note, String by) {
        return publish(RuleFiles.read(json), basedOn, note, by);
    }

    private synchronized Publication publish(RuleSet rules, long basedOn, String note, String by) {
        requireAll(violations(rules));
        Publication publication = new Publication(basedOn + 1, RuleFiles.digest(rules), note, by, now());
        if (basedOn != tables.highest()) {
            throw new CodedException(
                    Issue.of(GatewayError.PUBLICATION_STALE, "", "in force: " + tables.highest() + ", not " + basedOn));
        }
        LocalRules.Prepared prepared = local.prepare(FollowedRules.whole(rules));
        OpenListeners.NotOpen notOpen;
        try {
            requireAll(prepared.missing());
            notOpen = prepared.open();
            requireAll(notOpen.first());
            tables.add(publication, RuleFiles.write(rules));
        } catch (RuntimeException e) {
            prepared.abandon();
            throw e;
        }
        prepared.apply();
        applied = new Applied(
                publication.revision(), publication.digest(), now(), problem(publication.revision(), notOpen.again()));
        rounds = 0; // the next round says so
        return publication;
    }

    /** A port that could not be opened before is no reason against other rules: it is told, and tried again. */
    private String problem(long revision, List<Issue> notOpen) {
        if (notOpen.isEmpty()) {
            return "";
        }
        again.failed(BackOff.Failure.FIRST);
        return revision + ": " + new CodedException(notOpen, null).getMessage();
    }

    /** Who publishes rules of which something is not to be had is told; a node that follows them does what it can without. */
    private static void requireAll(List<Issue> missing) {
        if (!missing.isEmpty()) {
            throw new CodedException(missing, null);
        }
    }

    @Override
    public Publication publishAgain(long revision, long basedOn, String by) {
        String content = tables.content(revision)
                .orElseThrow(() ->
                        new CodedException(Issue.of(GatewayError.PUBLICATION_UNKNOWN, "", "revision " + revision)));
        return publish(RuleFiles.read(content), basedOn, "revision " + revision + " again", by);
    }

    @Override
    public String rules() {
        return tables.content(tables.highest()).orElseGet(() -> RuleFiles.write(RuleSet.NOTHING));
    }

    @Override
    public List<Publication> publications(int most) {
        return tables.publications(most);
    }

    @Override
    public List<NodeRules> nodes() {
        return tables.nodes();
    }

    @Override
    public Transports transports() {
        return new Transports(
                routes.services().described(), routes.listeners().described());
    }

    @Override
    public List<ServiceFigures> services() {
        return inForce().services().values().stream()
                .map(service -> new ServiceFigures(
                        service.id(),
                        service.rule().title(),
                        service.calling().breaker().state(),
                        service.calling().breaker().underWay(),
                        service.calling().breaker().capacity(),
                        service.calling().targets()))
                .sorted(Comparator.comparing(ServiceFigures::id))
                .toList();
    }

    @Override
    public CopyFigures copies(String service) {
        return here(service).calling().copies();
    }

    @Override
    public List<OwnershipProposal> ownershipProposals(String service) {
        return around.observations().proposals(here(service).id());
    }

    private PublishedService here(String service) {
        PublishedService published = inForce().services().get(service);
        if (published == null) {
            throw new CodedException(Issue.of(GatewayError.SERVICE_NOT_HERE, service, ""));
        }
        return published;
    }

    private List<Issue> violations(RuleSet rules) {
        return RuleCheck.violations(
                rules, routes.services().kinds(), routes.listeners().kinds());
    }

    private void round() {
        try {
            follow();
            if (rounds++ % SAY_EVERY == 0) {
                say();
            }
            if (away) {
                away = false;
                LOG.info("The registry of the gateways is there again.");
            }
        } catch (CodedException e) {
            if (!away) {
                away = true;
                LOG.warn("{}; what is published stays in force", e.getMessage());
            }
        }
    }

    private synchronized void follow() {
        long highest = tables.highest();
        boolean whole = highest == applied.revision() && applied.problem().isEmpty();
        if (whole || knows(highest) && !again.isDue()) {
            return;
        }
        String content = tables.content(highest).orElse("");
        try {
            requireAll(takenUp(highest, content));
            applied = new Applied(applied.revision(), applied.digest(), applied.at(), "");
        } catch (CodedException e) {
            again.failed(knows(highest) ? BackOff.Failure.AGAIN : BackOff.Failure.FIRST);
            if (!applied.problem().equals(highest + ": " + e.getMessage())) {
                LOG.error(
                        "revision {} can not be followed as a whole, and is tried again: {}", highest, e.getMessage());
            }
            applied = new Applied(applied.revision(), applied.digest(), applied.at(), highest + ": " + e.getMessage());
        }
        say();
    }

    /** Puts a revision in force; answers the keys, services and listeners that are missing here: what needs them is refused. */
    private List<Issue> takenUp(long revision, String content) {
        RuleSet rules = RuleFiles.read(content);
        LocalRules.Prepared prepared = local.prepare(FollowedRules.of(rules, violations(rules)));
        prepared.apply(); // first, so that what comes by a listener finds its rule
        List<Issue> closed = prepared.open().all();
        Instant since = revision == applied.revision() ? applied.at() : now();
        applied = new Applied(revision, RuleFiles.digest(rules), since, applied.problem());
        return Stream.concat(prepared.missing().stream(), closed.stream()).toList();
    }

    private boolean knows(long highest) {
        return applied.problem().startsWith(highest + ": ");
    }

    private void say() {
        Applied mine = applied;
        alive.set(Math.max(
                1,
                tables.say(new NodeRules(
                        place.node(), mine.revision(), mine.digest(), mine.at(), mine.problem(), mine.at()))));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        local.close();
    }
}
