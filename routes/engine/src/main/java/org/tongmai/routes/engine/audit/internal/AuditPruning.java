package org.tongmai.routes.engine.audit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.routes.engine.audit.AuditLog.Signer;

/** Drops days after the retention, by the clock of the database. Each leaves a signed anchor for every chain that it had. */
final class AuditPruning {
    private static final String NODES = "select distinct node from audit_block where day = ?";
    private static final String LAST_CHECKPOINT =
            "select coalesce(max(number), 0) from audit_checkpoint where day = ? and node = ?";

    private final DataSource dataSource;
    private final Signer signer;
    private final AuditDays days;
    private final CheckpointFile file;
    private final Duration retention;

    AuditPruning(DataSource dataSource, Signer signer, AuditDays days, CheckpointKeeper keeper, Duration retention) {
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
            Instant now = Rows.list(connection, row -> row.getObject(1, OffsetDateTime.class), "select now()")
                    .get(0)
                    .toInstant();
            Instant before = now.minus(retention);
            for (LocalDate day : AuditDays.existing(connection)) {
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

    private void drop(Connection connection, LocalDate day, Instant now) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (String node : Rows.list(connection, row -> row.getString(1), NODES, day)) {
                CheckpointTable.add(connection, anchor(connection, node, day, now));
            }
            AuditDays.drop(connection, day);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
        days.forget(day);
    }

    private Checkpoint anchor(Connection connection, String node, LocalDate day, Instant now) throws SQLException {
        TableTrail trail = new TableTrail(connection);
        Block last = trail.last(node, day).orElseThrow();
        Optional<Checkpoint> before = trail.anchor(node);
        long checkpoint = Rows.list(connection, row -> row.getLong(1), LAST_CHECKPOINT, day, node)
                .get(0);
        return Checkpoint.signed(
                Checkpoint.Kind.ANCHOR,
                node,
                Math.max(checkpoint, before.map(Checkpoint::number).orElse(0L)),
                new Head(last.sequence(), last.hash(), last.total(), now),
                signer.key());
    }
}
