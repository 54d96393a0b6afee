package org.tongmai.routes.engine.gateway.ownership;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.tongmai.routes.engine.gateway.OwnershipProposal;
import org.tongmai.routes.engine.gateway.OwnershipProposal.Standing;
import org.tongmai.routes.engine.gateway.ownership.Sightings.Spot;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Form;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Policy;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Who;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations.Relation;

/**
 * Learns where the identifiers of users stand (越权策略学习). Looks at some calls a second of each service that learns, on a
 * thread of its own. Keeps counts and no value: of users only codes under a key that dies with the process, at most 16 a place.
 */
public final class OwnershipObservations {
    private static final int MOST_SERVICES = 100;
    private static final int MOST_PLACES = 100;
    private static final int MOST_USERS = 16;
    private static final int MOST_QUESTIONS = 200;
    private static final int A_SECOND = 50;
    private static final int MOST_WAITING = 16;
    private static final long IDLE_SECONDS = 10;
    private static final long SECOND = 1_000_000_000L;
    /** What was not called for so long, as a service that is gone, makes room for another. */
    private static final long FORGOTTEN = Duration.ofDays(1).toNanos();

    private static final int ENOUGH_CALLS = 20;
    private static final int ENOUGH_USERS = 3;

    private final OwnershipResolver resolver;
    private final LongSupplier nanoTime;
    private final HmacSm3Key key;
    private final Executor looking;
    private final Map<String, Seen> services = new ConcurrentHashMap<>();

    /** A place with the system its values were taken for. */
    private record Place(Spot spot, String system) {}

    /** What was seen of a service. */
    private static final class Seen {
        private final String path;
        private final AtomicLong due = new AtomicLong(Long.MIN_VALUE);
        private final Map<Place, Counts> places = new HashMap<>();
        private volatile long last;
        private long calls;

        Seen(String path, long now) {
            this.path = path;
            this.last = now;
        }
    }

    private static final class Counts {
        private final Set<Long> users = new HashSet<>();
        private long own;
        private long ward;
    }

    /** @param nanoTime a clock that never goes back */
    public OwnershipObservations(OwnershipResolver resolver, LongSupplier nanoTime) {
        this(resolver, nanoTime, aside());
    }

    /** @param looking looks at calls, or leaves them */
    OwnershipObservations(OwnershipResolver resolver, LongSupplier nanoTime, Executor looking) {
        this.resolver = resolver;
        this.nanoTime = nanoTime;
        this.looking = looking;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = HmacSm3Key.of(random);
    }

    /** Looks at a call that was answered; neither waits nor fails. */
    public void saw(Service service, HttpCall call, HttpAnswer answer, PersonIdentifier subject) {
        Seen seen = seen(service);
        if (seen == null || !isDue(seen) || answer.status() / 100 != 2) {
            return;
        }
        looking.execute(
                LastingWork.task(() -> look(seen, service, Sightings.of(call, answer, service.path()), subject)));
    }

    /** One thread, which ends where nothing is to be learnt; a call that finds no room is left. */
    private static Executor aside() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread daemon = new Thread(task, "gateway-learning");
                    daemon.setDaemon(true);
                    return daemon;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    private void look(Seen seen, Service service, Sightings sightings, PersonIdentifier subject) {
        Map<Place, Set<PersonIdentifier>> asked = places(service, sightings, subject);
        Set<PersonIdentifier> all = new HashSet<>();
        asked.values().forEach(all::addAll);
        long user = code(subject);
        resolver.relations(subject, all).thenAccept(relations -> count(seen, asked, relations, user));
    }

    /** What was seen of a service; anew where another has its name now; null when there is no room. */
    private Seen seen(Service service) {
        long now = nanoTime.getAsLong();
        if (services.size() >= MOST_SERVICES && !services.containsKey(service.id())) {
            services.values().removeIf(each -> now - each.last > FORGOTTEN);
        }
        boolean room = services.size() < MOST_SERVICES;
        Seen seen = services.compute(service.id(), (id, there) -> {
            boolean stays = there == null ? !room : there.path.equals(service.path());
            return stays ? there : new Seen(service.path(), now);
        });
        if (seen != null) {
            seen.last = now;
        }
        return seen;
    }

    private boolean isDue(Seen seen) {
        long now = nanoTime.getAsLong();
        long due = seen.due.get();
        long next = Math.max(due, now - SECOND) + SECOND / A_SECOND;
        return next <= now && seen.due.compareAndSet(due, next);
    }

    private static Map<Place, Set<PersonIdentifier>> places(
            Service service, Sightings sightings, PersonIdentifier subject) {
        Set<String> systems = new TreeSet<>(service.access().ownership().learnSystems());
        systems.add(subject.system());
        Map<Place, Set<PersonIdentifier>> places = new HashMap<>();
        int questions = 0;
        for (Map.Entry<Spot, Set<String>> each : sightings.values().entrySet()) {
            Spot spot = each.getKey();
            for (String system : spot.form() == Form.REFERENCE ? Set.of(PersonIdentifier.PATIENT) : systems) {
                Set<PersonIdentifier> identifiers = new HashSet<>();
                for (String value : each.getValue()) {
                    boolean fits = Sightings.system(spot.form(), value).stream().allMatch(system::equals);
                    if (fits) {
                        identifiers.add(new PersonIdentifier(system, Sightings.plain(spot.form(), value)));
                    }
                }
                questions += identifiers.size();
                if (questions <= MOST_QUESTIONS
                        && identifiers.size() == each.getValue().size()) {
                    places.put(new Place(spot, system), identifiers);
                }
            }
        }
        return places;
    }

    private static void count(
            Seen seen, Map<Place, Set<PersonIdentifier>> asked, Map<PersonIdentifier, Relation> relations, long user) {
        synchronized (seen) {
            seen.calls++;
            asked.forEach((place, identifiers) -> {
                boolean own = identifiers.stream().allMatch(each -> relations.get(each) == Relation.SAME);
                boolean held = identifiers.stream().noneMatch(each -> relations.get(each) == Relation.NONE);
                Counts counts = seen.places.get(place);
                // A place is remembered from the first call on in which it held; calls before that count against it.
                if (counts == null && held && seen.places.size() < MOST_PLACES) {
                    counts = new Counts();
                    seen.places.put(place, counts);
                }
                if (counts != null && held) {
                    counts.own += own ? 1 : 0;
                    counts.ward += own ? 0 : 1;
                    if (counts.users.size() < MOST_USERS) {
                        counts.users.add(user);
                    }
                }
            });
        }
    }

    private long code(PersonIdentifier subject) {
        byte[] text = subject.token().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(key.sign(text)).getLong();
    }

    /** What the calls of a service suggest, the most certain first. */
    public List<OwnershipProposal> proposals(String service) {
        Seen seen = services.get(service);
        if (seen == null) {
            return List.of();
        }
        synchronized (seen) {
            return seen.places.entrySet().stream()
                    .map(each -> proposal(each.getKey(), each.getValue(), seen.calls))
                    .sorted(Comparator.comparing(OwnershipProposal::standing)
                            .thenComparing(OwnershipProposal::foreign)
                            .thenComparing(each -> each.policy().toString()))
                    .toList();
        }
    }

    private static OwnershipProposal proposal(Place place, Counts counts, long calls) {
        Spot spot = place.spot();
        Who who = counts.ward > 0 ? Who.SELF_OR_WARD : Who.SELF;
        long foreign = calls - counts.own - counts.ward;
        boolean enough = calls >= ENOUGH_CALLS && counts.users.size() >= ENOUGH_USERS;
        return new OwnershipProposal(
                new Policy(spot.in(), spot.name(), place.system(), spot.form(), who),
                foreign > 0 ? Standing.MIXED : enough ? Standing.PROPOSED : Standing.TOO_FEW,
                calls,
                counts.own,
                counts.ward,
                foreign,
                counts.users.size());
    }
}
