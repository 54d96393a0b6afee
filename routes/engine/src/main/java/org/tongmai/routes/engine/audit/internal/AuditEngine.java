package org.tongmai.routes.engine.audit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.tongmai.routes.engine.audit.AuditActs;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditHolding;
import org.tongmai.routes.engine.audit.AuditKey;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditProof;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.routes.engine.commit.GroupCommit;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Joins the parts of the audit log. */
public final class AuditEngine implements AuditLog {
    private static final Duration VERIFY_AT_ONCE = Duration.ofSeconds(20);
    private static final int ANSWERS_EVERY_MILLIS = 250;

    /** Sharing a commit with more saves little, and callers wait for it. */
    private static final int ENOUGH = 32;

    private static final String KEY =
            "insert into audit_key (node, fingerprint, public_key) values (?, ?, ?) on conflict do nothing";

    private final Parts parts;
    private final AuditSettings settings;
    private final InstantSource clock;
    private final AuditFailures failures;
    private final BlockWriter writer;
    private final GroupCommit<Entry, Void> commit;
    private final CheckpointKeeper keeper;
    private final AuditPruning pruning;
    private final ScheduledExecutorService signing = LastingWork.timer("audit-checkpoints");
    private final ScheduledExecutorService asking = LastingWork.timer("audit-database");

    private AuditEngine(Parts parts, AuditSettings settings, InstantSource clock) throws SQLException, IOException {
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.failures = new AuditFailures(settings.queue());
        DayPartitions days = AuditDays.of(parts.dataSource());
        this.keeper = new CheckpointKeeper(parts.dataSource(), parts.signer(), days, clock);
        Trust.pin(
                keys(parts), parts.signer().node().name(), parts.signer().key().publicKey());
        Head signed = keeper.recall();
        Head head = new ChainEnd(parts.dataSource(), parts.signer().node()).take(signed);
        this.pruning = new AuditPruning(parts.dataSource(), parts.signer(), days, keeper, settings.retention());
        this.writer = new BlockWriter(parts.signer().node(), days, clock, head);
        this.commit = new GroupCommit<>(
                "audit",
                parts.dataSource(),
                writer,
                new GroupCommit.Settings(
                        settings.queue(),
                        settings.block(),
                        failures,
                        Runnable::run,
                        parts.meters(),
                        new GroupCommit.Pace(settings.pace(), ENOUGH)));
    }

    /** @throws SQLException when the database is away */
    public static AuditEngine start(Parts parts, AuditSettings settings) throws SQLException {
        return start(parts, settings, InstantSource.system());
    }

    static AuditEngine start(Parts parts, AuditSettings settings, InstantSource clock) throws SQLException {
        try {
            AuditEngine engine = new AuditEngine(parts, settings, clock);
            engine.begin();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() throws SQLException {
        Sm2PublicKey key = parts.signer().key().publicKey();
        try (Connection connection = parts.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setString(1, node());
            statement.setString(2, key.fingerprint());
            statement.setBytes(3, key.encoded());
            statement.executeUpdate();
        }
        keeper.sign(this::end);
        write(own("audit.start", key.fingerprint()));
        long every = settings.checkpoint().toMillis();
        signing.scheduleWithFixedDelay(
                LastingWork.task(() -> keeper.sign(this::end)), every, every, TimeUnit.MILLISECONDS);
        asking.scheduleWithFixedDelay(
                LastingWork.task(this::ask), ANSWERS_EVERY_MILLIS, ANSWERS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** While the log refuses because the database was away, asks whether it is back. */
    private void ask() {
        if (writer.available()) {
            return;
        }
        try (Connection connection = parts.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1 from audit_head limit 1");
            writer.answers();
        } catch (SQLException e) {
            return; // Still away: GroupCommit has said so once.
        }
    }

    @Override
    public CompletableFuture<Void> append(AuditRecord record) {
        AuditActs.of(record.act());
        if (writer.fenced()) {
            return CompletableFuture.failedFuture(new CodedException(Issue.of(AuditError.FENCED, "", "")));
        }
        if (!available()) {
            return CompletableFuture.failedFuture(failures.unavailable());
        }
        return commit.submit(Entry.of(record));
    }

    @Override
    public boolean available() {
        return writer.available() && !writer.fenced() && commit.underWay().compareTo(settings.patience()) <= 0;
    }

    @Override
    public void write(AuditRecord record) {
        try {
            append(record).get(settings.patience().toMillis() * 5, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : failures.rejected(e);
        } catch (TimeoutException e) {
            throw failures.unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.unavailable(e);
        }
    }

    @Override
    public AuditPage search(AuditQuery query) {
        return new AuditReader(parts.dataSource()).search(query);
    }

    @Override
    public AuditVerdict verify(AuditSpan span) {
        long until = System.nanoTime() + VERIFY_AT_ONCE.toNanos();
        try (Connection connection = parts.dataSource().getConnection();
                Stream<String> lines = keeper.file().lines()) {
            long stored = keeper.stored();
            long newest = keeper.file().last().map(Checkpoint::number).orElse(0L);
            String key = parts.signer().key().publicKey().fingerprint();
            Verifier.Known known = new Verifier.Known(
                    node(),
                    writer.confirmed().sequence(),
                    new CheckpointFeed.Own(lines.iterator(), newest, stored, key),
                    new Verifier.Limits(
                            clock.instant(),
                            () -> System.nanoTime() - until > 0,
                            settings.checkpoint().multipliedBy(3)));
            RecordedKeys recorded = RecordedKeys.of(connection);
            Trust trust = new Trust(Trust.pinned(keys(parts)), recorded.keys());
            AuditVerdict verdict = new Verifier(new TableTrail(connection), trust, known).verify(span);
            return span.after().isEmpty() ? verdict.with(recorded.findings(span.node())) : verdict;
        } catch (SQLException e) {
            throw new CodedException(Issue.of(AuditError.READ_FAILED, "", "SQLSTATE " + e.getSQLState()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CodedException(Issue.of(AuditError.READ_FAILED, "", "the file of checkpoints"), e);
        }
    }

    @Override
    public Optional<AuditProof> proof(String node, long block, int record) {
        try (Connection connection = parts.dataSource().getConnection()) {
            Trust trust = new Trust(
                    Trust.pinned(keys(parts)), RecordedKeys.of(connection).keys());
            return new RecordProof(connection, trust).of(node, block, record);
        } catch (SQLException e) {
            throw new CodedException(Issue.of(AuditError.READ_FAILED, "", "SQLSTATE " + e.getSQLState()), e);
        } catch (IOException e) {
            throw new CodedException(Issue.of(AuditError.READ_FAILED, "", "the folder of keys"), e);
        }
    }

    @Override
    public AuditHolding holding() {
        try (Connection connection = parts.dataSource().getConnection()) {
            return Holding.of(connection, settings.retention());
        } catch (SQLException e) {
            throw new CodedException(Issue.of(AuditError.READ_FAILED, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }

    @Override
    public List<AuditKey> keys() {
        try (Connection connection = parts.dataSource().getConnection()) {
            return RecordedKeys.of(connection).keys();
        } catch (SQLException e) {
            throw new CodedException(Issue.of(AuditError.READ_FAILED, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }

    @Override
    public List<LocalDate> prune() throws SQLException {
        List<LocalDate> dropped = pruning.prune();
        dropped.forEach(day -> write(own("audit.prune", day.toString())));
        return dropped;
    }

    @Override
    public void close() {
        signing.shutdownNow();
        asking.shutdownNow();
        commit.close();
        keeper.sign(this::end);
    }

    private AuditRecord own(String act, String object) {
        return new AuditRecord(Instant.now(), new Actor(node(), ""), act, object, "done", "", Figures.NONE);
    }

    /** What this process may sign. */
    private Head end() {
        return writer.fenced() ? Head.NONE : writer.confirmed();
    }

    private String node() {
        return parts.signer().node().name();
    }

    private static java.nio.file.Path keys(Parts parts) {
        return parts.signer().folder().resolve("keys");
    }
}
