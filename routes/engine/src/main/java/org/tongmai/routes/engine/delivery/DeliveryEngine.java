package org.tongmai.routes.engine.delivery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.channel.SubscriptionFactory;
import org.tongmai.routes.engine.delivery.internal.ContentLoader;
import org.tongmai.routes.engine.delivery.internal.DeliveryTables;
import org.tongmai.routes.engine.delivery.internal.DestinationQueue;
import org.tongmai.routes.engine.delivery.internal.Governance;
import org.tongmai.routes.engine.delivery.internal.RouteCall;
import org.tongmai.routes.engine.delivery.internal.Settler;
import org.tongmai.routes.engine.delivery.internal.SubscribeConsumer;
import org.tongmai.routes.engine.journal.StoredListener;
import org.tongmai.routes.engine.node.Lease;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Delivers off the outbox: one queue a destination, each with its own threads, back-off and breaker, so that one being
 * down never delays another. Routes come in through {@link #subscribe}; the journal tells what was stored.
 */
public final class DeliveryEngine implements Deliveries, SubscriptionFactory, StoredListener, AutoCloseable {
    private final DeliverySetup setup;
    private final DeliverySettings settings;
    private final DeliveryTables tables;
    private final ContentLoader contents;
    private final Governance governance;
    private final Settler settler;
    private final Map<String, DestinationQueue> queues = new ConcurrentHashMap<>();

    public DeliveryEngine(DeliverySetup setup, DeliverySettings settings) {
        DataSource dataSource = setup.dataSource();
        this.setup = setup;
        this.settings = settings;
        this.tables = new DeliveryTables(dataSource, setup.node().name());
        this.contents = new ContentLoader(dataSource, setup.repository());
        this.governance = new Governance(dataSource);
        this.settler = new Settler(setup);
    }

    @Override
    public Consumer subscribe(Endpoint endpoint, Processor processor, Map<String, Object> options) {
        Delivering how = Delivering.of(options);
        setup.subscriptions()
                .register(new SubscriptionRegistry.Subscription(how.topic(), how.destination(), how.format()));
        return new SubscribeConsumer(endpoint, processor, () -> open(endpoint, processor, how));
    }

    private AutoCloseable open(Endpoint endpoint, Processor processor, Delivering how) {
        String destination = how.destination();
        DestinationQueue queue = new DestinationQueue(
                how,
                new DestinationQueue.Parts(
                        settings,
                        tables,
                        settler,
                        new Lease(
                                setup.dataSource(),
                                "delivery/" + destination,
                                setup.node().holder()),
                        new RouteCall(endpoint, processor, how, contents)),
                query(() -> governance.paused(destination)));
        if (queues.putIfAbsent(destination, queue) != null) {
            throw new IllegalStateException("destination: " + destination + " (expected: one consumer)");
        }
        queue.start();
        return () -> {
            queue.close();
            queues.remove(destination, queue);
        };
    }

    @Override
    public void stored(List<Stored> messages) {
        for (Stored message : messages) {
            for (String destination : message.destinations()) {
                DestinationQueue queue = queues.get(destination);
                if (queue != null) {
                    queue.offer(message.messageId(), message.patientKey());
                }
            }
        }
    }

    @Override
    public void unknown() {
        queues.values().forEach(DestinationQueue::signal);
    }

    @Override
    public List<Destination> destinations() {
        Map<String, Governance.Counts> counts = query(governance::counts);
        List<Destination> destinations = new ArrayList<>();
        for (SubscriptionRegistry.Subscription each : setup.subscriptions().all()) {
            DestinationQueue queue = queues.get(each.destination());
            Governance.Counts count = counts.getOrDefault(each.destination(), Governance.Counts.NONE);
            destinations.add(new Destination(
                    each.destination(),
                    each.topic(),
                    queue == null ? "STOPPED" : queue.state(),
                    count.waiting(),
                    count.parked(),
                    queue == null ? "" : queue.lastCause()));
        }
        return destinations;
    }

    @Override
    public List<ParkedCause> parkedCauses() {
        return query(governance::causes);
    }

    @Override
    public int release(String destination, String causeCode) {
        int released = query(() -> governance.release(known(destination), causeCode));
        DestinationQueue queue = queues.get(destination);
        if (queue != null) {
            queue.signal();
        }
        return released;
    }

    @Override
    public void pause(String destination) {
        query(() -> {
            governance.pause(known(destination));
            return destination;
        });
        DestinationQueue queue = queues.get(destination);
        if (queue != null) {
            queue.pause();
        }
    }

    @Override
    public void resume(String destination) {
        query(() -> {
            governance.resume(known(destination));
            return destination;
        });
        DestinationQueue queue = queues.get(destination);
        if (queue != null) {
            queue.resume();
        }
    }

    /** How many deliveries of the destination are in memory; never more than {@code readAhead} and a few batches. */
    public int inMemory(String destination) {
        DestinationQueue queue = queues.get(destination);
        return queue == null ? 0 : queue.inMemory();
    }

    /** Lets what is under way end. Stop the routes first. */
    @Override
    public void close() {
        queues.values().forEach(DestinationQueue::close);
        queues.clear();
        settler.close();
    }

    private String known(String destination) {
        boolean known = setup.subscriptions().all().stream()
                .anyMatch(each -> each.destination().equals(destination));
        if (!known) {
            throw new CodedException(Issue.of(DeliveryError.DESTINATION_UNKNOWN, "", destination));
        }
        return destination;
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    private static <T> T query(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException e) {
            throw new CodedException(Issue.of(DeliveryError.DATABASE_AWAY, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }
}
