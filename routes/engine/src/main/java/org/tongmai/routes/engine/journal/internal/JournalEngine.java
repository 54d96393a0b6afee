package org.tongmai.routes.engine.journal.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.journal.EngineJournal;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.StoredListener;
import org.tongmai.routes.engine.node.Nodes;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;

/** Joins the journal's parts. */
public final class JournalEngine implements EngineJournal, JournalService {
    private final GroupCommit<Arrival, Arrival.Verdict> intakeCommit;
    private final GroupCommit<Settlement, Settlement.Settled> settlementCommit;
    private final ExecutorService answers;
    private final Intake.Under under;
    private final Intake intake;
    private final Settler settler;
    private final Orphans orphans;
    private final NodeKeeper keeper;
    private final MessageIds ids;
    private final Journal journal;
    private final Pruning pruning;

    private JournalEngine(Parts parts, JournalSettings settings, Nodes nodes, MessageIds numbers) {
        DataSource dataSource = parts.dataSource();
        String node = parts.node().name();
        ids = numbers;
        DayPartitions partitions = JournalDays.of(dataSource);
        journal = new JournalReader(dataSource);
        pruning = new Pruning(dataSource, partitions, settings.retention());
        answers = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "journal-answers");
            thread.setDaemon(true);
            return thread;
        });
        under = new Intake.Under(
                new InFlight(settings.inFlight(), settings.inFlightBytes()),
                new KeyedWorkers(settings.workers()),
                new RouteRunner());
        var failures = new JournalFailures();
        var intakeWriter = new IntakeWriter(ids, partitions, node, arrival -> under.inFlight()
                .begin(arrival.id, arrival.message.keys().orderingKeys()));
        intakeCommit = new GroupCommit<>(
                "intake",
                dataSource,
                intakeWriter,
                new GroupCommit.Settings(settings.queue(), settings.batch(), failures, Runnable::run, parts.meters()));
        orphans = new Orphans(under);
        settlementCommit = new GroupCommit<>(
                "settlement",
                dataSource,
                new SettlementWriter(parts.store(), partitions, node, orphans),
                new GroupCommit.Settings(settings.queue(), settings.batch(), failures, answers, parts.meters()));
        intake = new Intake(intakeCommit, under, settings, ids);
        settler = new Settler(
                settlementCommit, parts.store(), parts.subscriptions(), under.inFlight(), orphans::unsettled);
        Recovery recovery = new Recovery(
                new RecoveryTables(dataSource, node), orphans, settler, new Recovery.Setup(under, settings));
        keeper = new NodeKeeper(nodes, recovery, partitions, settings);
    }

    public static JournalEngine start(Parts parts, JournalSettings settings) throws SQLException {
        Nodes nodes = new Nodes(parts.dataSource(), parts.node(), settings.lease());
        int number = nodes.join();
        if (number < 0) {
            throw new CodedException(Issue.of(JournalError.NODES_EXHAUSTED, "", "expected: at most 64 nodes"));
        }
        MessageIds ids = new MessageIds(number, highest(parts.dataSource()), Clock.systemUTC());
        JournalEngine engine = new JournalEngine(parts, settings, nodes, ids);
        engine.keeper.start();
        return engine;
    }

    /** The highest number given so far, so that none is given again when the clock was set back. */
    private static long highest(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(id), 0) from message")) {
            row.next();
            // A number of the far future (a clock that was wrong) must not pull all later ones along.
            long tomorrow = MessageIds.firstOf(Instant.now().plusSeconds(86_400));
            return Math.min(row.getLong(1), tomorrow);
        }
    }

    @Override
    public void bind(CamelContext context) {
        under.runner().bind(context);
    }

    @Override
    public void accept(Incoming incoming, BiConsumer<Acceptance, Throwable> then) {
        if (keeper.fenced()) {
            then.accept(
                    null,
                    new CodedException(
                            Issue.of(JournalError.UNAVAILABLE, "", "found: another process with this node's name")));
            return;
        }
        intake.accept(new Arrival(incoming), then);
    }

    @Override
    public CompletableFuture<Outcome> publish(long messageId, Origin origin, CanonicalBundle bundle) {
        return settler.publish(messageId, origin, bundle);
    }

    @Override
    public CompletableFuture<Outcome> complete(long messageId) {
        return settler.complete(messageId);
    }

    @Override
    public CompletableFuture<Outcome> fail(long messageId, AcknowledgeWhen when, List<Issue> failure) {
        return settler.fail(messageId, when, failure);
    }

    @Override
    public void finish(Acceptance acceptance, Outcome outcome) {
        acceptance.room().run();
        long id = acceptance.messageId();
        // A route may end without a word, for example because the context was stopped under it.
        if (outcome == null && under.inFlight().isJournalled(id)) {
            orphans.unsettled(id);
        }
        if (!orphans.contains(id)) {
            under.inFlight().finish(id, outcome == null ? RouteRunner.refused(id, JournalError.UNAVAILABLE) : outcome);
        }
    }

    @Override
    public JournalService service() {
        return this;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public MessageIds ids() {
        return ids;
    }

    @Override
    public void addListener(StoredListener listener) {
        settler.addListener(listener);
    }

    @Override
    public void recover() {
        keeper.recover();
    }

    @Override
    public int unfinished() {
        return orphans.count();
    }

    @Override
    public List<LocalDate> prune() throws SQLException {
        return pruning.prune();
    }

    @Override
    public void prune(LocalDate day) throws SQLException {
        pruning.prune(day);
    }

    @Override
    public void close() {
        keeper.close();
        intakeCommit.close();
        under.workers().close();
        settlementCommit.close();
        answers.shutdown();
        try {
            answers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
