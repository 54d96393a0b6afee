package org.tongmai.routes.engine.audit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.routes.engine.audit.AuditLog.Signer;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.database.Sql;

/** Drops days after the retention, by the clock of the database. Each leaves a signed anchor for every chain that it had. */
final class AuditPruning {
    private static final String NODES = "select distinct node from audit_block where day = ?";
    private static final String LAST_CHECKPOINT =
            "select coalesce(max(number), 0) from audit_checkpoint where day = ? and node = ?";

    private final DataSource dataSource;
    private final Signer signer;
    private final DayPartitions days;
    private final CheckpointFile file;
    private final Duration retention;

    AuditPruning(
            DataSource dataSource, Signer signer, DayPartitions days, CheckpointKeeper keeper, Duration retention) {
        this.dataSource = dataSource;
        this.signer = signer;
        this.days = days;
        this.file = keeper.file();
        this.retention = retention;
    }

    /** Answers the days that were dropped. */
    List<LocalDate> prune() throws SQLException {
        List<LocalDate> dropped = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            Instant now = Sql.list(connection, row -> row.getObject(1, OffsetDateTime.class), "select now()")
                    .get(0)
                    .toInstant();
            Instant before = now.minus(retention);
            for (LocalDate day : DayPartitions.existing(connection, AuditDays.FIRST)) {
                if (day.isBefore(Block.dayOf(before))) {
                    drop(connection, day, now);
                    dropped.add(day);
                }
            }
            file.prune(before.minus(Duration.ofDays(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dropped;
    }

    /** Whoever writes waits until a day is gone, so this waits little itself. */
    private void drop(Connection connection, LocalDate day, Instant now) throws SQLException {
        Sql.transaction(connection, transaction -> {
            for (String node : Sql.list(transaction, row -> row.getString(1), NODES, day)) {
                CheckpointTable.add(transaction, anchor(transaction, node, day, now));
            }
            AdvisoryLock.AUDIT_DAYS.take(transaction);
            try (Statement statement = transaction.createStatement()) {
                statement.execute("set local lock_timeout = '2s'");
            }
            days.drop(transaction, day);
            return day;
        });
    }

    private Checkpoint anchor(Connection connection, String node, LocalDate day, Instant now) throws SQLException {
        TableTrail trail = new TableTrail(connection);
        Block last = trail.last(node, day).orElseThrow();
        Optional<Checkpoint> before = trail.anchor(node);
        long checkpoint = Sql.list(connection, row -> row.getLong(1), LAST_CHECKPOINT, day, node)
                .get(0);
        return Checkpoint.signed(
                Checkpoint.Kind.ANCHOR,
                node,
                Math.max(checkpoint, before.map(Checkpoint::number).orElse(0L)),
                new Head(last.sequence(), last.hash(), last.total(), now),
                signer.key());
    }
}
