package org.tongmai.routes.engine.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.delivery.internal.ContentLoader;
import org.tongmai.routes.engine.delivery.internal.ReplayCall;
import org.tongmai.routes.engine.delivery.internal.ReplayRunner;
import org.tongmai.routes.engine.delivery.internal.ReplayTables;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.node.Lease;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * Replays through the feeds' own routes. Selections run one after the other, on one node, message by message: the next
 * begins when the one before has its outcome, so order is kept whatever is selected. A feed that refuses for a while
 * is waited for; one that refuses the content is not, the child's row tells why.
 */
public final class ReplayEngine implements Replays, AutoCloseable {
    private static final MessageQuery FAILED = new MessageQuery(
            null, null, null, null, null, Set.of(MessageState.REFUSED, MessageState.PARKED), null, null, 0, 500);

    private final Journal journal;
    private final ReplayTables tables;
    private final ReplayCall call;
    private final ReplayRunner runner;
    private final String node;

    /**
     * What replays work with.
     *
     * @param camel whose routes are the feeds
     * @param dataSource a pool on the journal's database
     * @param journal finds the selection
     * @param node who this process is
     * @param mapped whether a message would be mapped now
     */
    public record Setup(
            CamelContext camel,
            DataSource dataSource,
            Journal journal,
            NodeIdentity node,
            Predicate<ReceivedMessage> mapped) {}

    public ReplayEngine(Setup setup, DeliverySettings settings) {
        this.journal = setup.journal();
        this.node = setup.node().name();
        this.tables = new ReplayTables(setup.dataSource());
        this.call = new ReplayCall(setup.camel(), new ContentLoader(setup.dataSource(), null), setup.mapped());
        this.runner = new ReplayRunner(
                tables,
                call,
                setup.journal(),
                new Lease(setup.dataSource(), "replays", setup.node().holder()),
                settings);
    }

    /** Takes up what a restart interrupted, and waits for more. Call it when the feeds run. */
    public void run() {
        runner.start();
    }

    @Override
    public long replay(long messageId, String requestedBy) {
        String feed = journal.journey(messageId)
                .orElseThrow(() -> unknown(DeliveryError.MESSAGE_UNKNOWN, messageId))
                .entry()
                .feed();
        return query(() -> call.replay(messageId, feed));
    }

    @Override
    public Replay start(MessageQuery selection, int perSecond, String requestedBy) {
        return start(new ReplayTables.Request(selection, null, perSecond, requestedBy, node));
    }

    @Override
    public Replay repair(MissingRow cause, int perSecond, String requestedBy) {
        return start(new ReplayTables.Request(FAILED, cause, perSecond, requestedBy, node));
    }

    private Replay start(ReplayTables.Request request) {
        if (request.perSecond() < 1) {
            throw new IllegalArgumentException("perSecond: " + request.perSecond() + " (expected: 1 or more)");
        }
        long id = query(() -> tables.insert(request));
        runner.signal();
        return find(id).orElseThrow(() -> unknown(DeliveryError.REPLAY_UNKNOWN, id));
    }

    @Override
    public void stop(long replayId) {
        runner.stop(replayId);
        if (!query(() -> tables.stop(replayId)) && find(replayId).isEmpty()) {
            throw unknown(DeliveryError.REPLAY_UNKNOWN, replayId);
        }
    }

    @Override
    public Optional<Replay> find(long replayId) {
        return query(() -> tables.find(replayId));
    }

    @Override
    public List<Replay> recent() {
        return query(tables::recent);
    }

    /** Ends after the message under way; a running selection goes on at the next start. */
    @Override
    public void close() {
        runner.close(Duration.ofSeconds(30));
    }

    private static CodedException unknown(DeliveryError error, long number) {
        return new CodedException(Issue.of(error, "", "number " + number));
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
