package org.tongmai.routes.engine.gateway.registry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.gateway.CopyFigures;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.Gateways;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.OwnershipProposal;
import org.tongmai.routes.engine.gateway.Publication;
import org.tongmai.routes.engine.gateway.call.ListenerRoutes;
import org.tongmai.routes.engine.gateway.call.ServiceRoutes;
import org.tongmai.routes.engine.gateway.chain.PublishedService;
import org.tongmai.routes.engine.gateway.chain.RulesInForce;
import org.tongmai.routes.engine.gateway.chain.Surroundings;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.ContentRoom;
import org.tongmai.routes.engine.gateway.rules.Doors;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;
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
    private static final long SAY_MILLISECONDS = 2_000;
    private static final int MOST_OF_A_NOTE = 200;

    private final RegistryTables tables;
    private final LocalRules local;
    private final Routes routes;
    private final Place place;
    private final Surroundings around;
    private final RuleJudge judge;
    private final LivingNodes living = new LivingNodes();
    private final ScheduledExecutorService timer = LastingWork.timer("gateway-registry");
    /** A thread of its own: who waits for a route to start holds up the other, and the node is there all the same. */
    private final ScheduledExecutorService heartbeat = LastingWork.timer("gateway-heartbeat");

    private final AtomicBoolean away = new AtomicBoolean();
    private volatile Applied applied;
    private final BackOff again = new BackOff();

    /**
     * What carries what rules say.
     *
     * @param services makes Camel routes of them
     * @param listeners the same
     * @param room for contents in files
     */
    public record Routes(ServiceRoutes services, ListenerRoutes listeners, ContentRoom room) {}

    /**
     * This node among the others.
     *
     * @param node its name
     * @param domains service domains it serves; empty for all
     * @param doors gateways it has a port of, and what they take at most
     * @param state whether it takes calls
     */
    public record Place(String node, Set<String> domains, Doors doors, NodeRules.State state) {
        public Place {
            domains = Set.copyOf(domains);
        }

        /** A node as it starts. */
        public Place(String node, Set<String> domains, Doors doors) {
            this(node, domains, doors, NodeRules.State.ACTIVE);
        }

        /** A node with every door. */
        public Place(String node, Set<String> domains) {
            this(node, domains, Doors.ALL);
        }

        /** The same node as rules have it. */
        Place under(List<RuleSet.NodeRule> rules) {
            return rules.stream()
                    .filter(rule -> rule.id().equals(node))
                    .findFirst()
                    .map(rule -> new Place(
                            node,
                            rule.domains().isEmpty() ? domains : new HashSet<>(rule.domains()),
                            doors,
                            rule.state() == ActiveState.ACTIVE ? NodeRules.State.ACTIVE : NodeRules.State.SUSPENDED))
                    .orElse(this);
        }

        boolean serves(Service service) {
            return LivingNodes.serves(domains, doors.open(), service);
        }

        /** What comes by a listener is a call of the bus. */
        boolean opensListeners() {
            return doors.open().contains(GatewayKind.BUS) && state == NodeRules.State.ACTIVE;
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
        this.local = new LocalRules(routes, place, around, living);
        this.place = place;
        this.around = around;
        this.judge = new RuleJudge(routes, place);
        this.applied = new Applied(0, "", now(), "");
    }

    /** Takes up what was published last, and follows from now on. */
    public void start() {
        followed();
        say();
        timer.scheduleWithFixedDelay(
                LastingWork.task(() -> asking(this::follow)),
                PERIOD_MILLISECONDS,
                PERIOD_MILLISECONDS,
                TimeUnit.MILLISECONDS);
        heartbeat.scheduleWithFixedDelay(
                LastingWork.task(() -> asking(this::beat)), SAY_MILLISECONDS, SAY_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** The rules a call that begins now goes by. */
    public RulesInForce inForce() {
        return local.inForce();
    }

    /** Whether this node takes calls. */
    public NodeRules.State state() {
        return local.here().state();
    }

    @Override
    public Publication publish(String json, long basedOn, String note, String by) {
        return publish(RuleFiles.read(json), basedOn, note, by);
    }

    private Publication publish(RuleSet rules, long basedOn, String note, String by) {
        requireAll(judge.ofPublication(rules));
        Publication publication = published(rules, basedOn, note, by);
        asking(this::say);
        return publication;
    }

    private synchronized Publication published(RuleSet rules, long basedOn, String note, String by) {
        if (note.length() > MOST_OF_A_NOTE || note.chars().anyMatch(Character::isISOControl)) {
            throw new CodedException(Issue.of(
                    GatewayError.RULES_INVALID,
                    "note",
                    "found: " + note.length() + " characters (expected: at most " + MOST_OF_A_NOTE
                            + ", no control characters)"));
        }
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
        return publication;
    }

    /** A port that could not be opened before is no reason against other rules: it is told, and tried again. */
    private String problem(long revision, List<Issue> notOpen) {
        if (notOpen.isEmpty()) {
            return "";
        }
        again.failed(BackOff.Failure.FIRST);
        return Applied.problem(revision, notOpen);
    }

    /** Who publishes rules of which something is not to be had is told; a node that follows them does what it can without. */
    private static void requireAll(List<Issue> missing) {
        if (!missing.isEmpty()) {
            throw new CodedException(missing, null);
        }
    }

    @Override
    public Publication publishAgain(long revision, long basedOn, String by) {
        return publish(RuleFiles.read(rules(revision)), basedOn, "revision " + revision + " again", by);
    }

    @Override
    public String rules() {
        return tables.content(tables.highest()).orElseGet(() -> RuleFiles.write(RuleSet.NOTHING));
    }

    @Override
    public String rules(long revision) {
        return tables.content(revision)
                .orElseThrow(() ->
                        new CodedException(Issue.of(GatewayError.PUBLICATION_UNKNOWN, "", "revision " + revision)));
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
        return new Transports(routes.services().described(), routes.listeners().described());
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
                        service.calling().targets(),
                        service.calling().kept()))
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

    @Override
    public void clearKept(String service, String by) {
        tables.clear(here(service).id(), by);
        clearWhereWanted();
    }

    private void clearWhereWanted() {
        tables.cleared().forEach((id, times) -> {
            PublishedService service = inForce().services().get(id);
            if (service != null) {
                service.calling().clearKept(times);
            }
        });
    }

    private PublishedService here(String service) {
        PublishedService published = inForce().services().get(service);
        if (published == null) {
            throw new CodedException(Issue.of(GatewayError.SERVICE_NOT_HERE, service, ""));
        }
        return published;
    }

    private void asking(Runnable registry) {
        try {
            registry.run();
            if (away.compareAndSet(true, false)) {
                LOG.info("The registry of the gateways is there again.");
            }
        } catch (CodedException e) {
            if (away.compareAndSet(false, true)) {
                LOG.warn("{}; what is published stays in force", e.getMessage());
            }
        }
    }

    private void beat() {
        say();
        clearWhereWanted();
    }

    private void follow() {
        if (followed()) {
            say();
        }
    }

    /** Whether there was something to do. */
    private synchronized boolean followed() {
        long highest = tables.highest();
        if (applied.isWhole(highest) || applied.isTried(highest) && !again.isDue()) {
            return false;
        }
        String content = tables.content(highest).orElse("");
        try {
            requireAll(takenUp(highest, content));
            applied = applied.with("");
        } catch (CodedException e) {
            again.failed(applied.isTried(highest) ? BackOff.Failure.AGAIN : BackOff.Failure.FIRST);
            String problem = Applied.problem(highest, e.issues());
            if (!applied.problem().equals(problem)) {
                LOG.error("revision can not be followed as a whole, and is tried again: {}", problem);
            }
            applied = applied.with(problem);
        }
        return true;
    }

    /** Puts a revision in force; answers the keys, services and listeners that are missing here: what needs them is refused. */
    private List<Issue> takenUp(long revision, String content) {
        LocalRules.Prepared prepared = local.prepare(judge.followed(RuleFiles.read(content)));
        prepared.apply(); // first, so that what comes by a listener finds its rule
        List<Issue> closed = prepared.open().all();
        Instant since = revision == applied.revision() ? applied.at() : now();
        applied = new Applied(revision, RuleFiles.digest(content), since, applied.problem());
        return Stream.concat(prepared.missing().stream(), closed.stream()).toList();
    }

    /** Not under the lock of those who publish and follow: they may wait for Camel, and a node that is silent counts as away. */
    private void say() {
        synchronized (heartbeat) { // so that the last that is said is the latest
            Applied mine = applied;
            Place here = local.here();
            living.saw(tables.say(new NodeRules(
                    place.node(),
                    mine.revision(),
                    mine.digest(),
                    mine.at(),
                    mine.problem(),
                    mine.at(),
                    here.domains().stream().sorted().toList(),
                    here.doors().open().stream().sorted().toList(),
                    here.state())));
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        heartbeat.shutdownNow();
        local.close();
    }
}
