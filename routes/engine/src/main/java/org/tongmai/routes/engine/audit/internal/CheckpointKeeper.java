package org.tongmai.routes.engine.audit.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditLog.Signer;
import org.tongmai.routes.engine.database.DayPartitions;

/**
 * Signs the end of the chain from time to time: first into the file, then into the database. What a crash left in the file only
 * is brought to the database at the next start.
 */
final class CheckpointKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

    private final DataSource dataSource;
    private final Signer signer;
    private final CheckpointFile file;
    private final DayPartitions days;
    private final InstantSource clock;
    private Checkpoint last;
    private boolean inDatabase = true;
    private boolean failing;

    CheckpointKeeper(DataSource dataSource, Signer signer, DayPartitions days, InstantSource clock) throws IOException {
        this.dataSource = dataSource;
        this.signer = signer;
        this.file = new CheckpointFile(signer.folder());
        this.days = days;
        this.clock = clock;
    }

    CheckpointFile file() {
        return file;
    }

    /** Finds what was signed last; answers the end of the chain that it speaks of. */
    synchronized Head recall() throws IOException, SQLException {
        String node = signer.node().name();
        Optional<Checkpoint> written = file.last().filter(this::own);
        try (Connection connection = dataSource.getConnection()) {
            TableTrail trail = new TableTrail(connection);
            long newest = trail.newestCheckpoint(node);
            Optional<Checkpoint> stored =
                    trail.checkpoints(node, newest - 1, 1).stream().findFirst();
            last = stored.orElse(null);
            if (written.isPresent() && written.get().number() > newest) {
                last = written.get();
                inDatabase = newest + 1 != last.number();
            }
        }
        if (!inDatabase) {
            store();
        }
        return last == null ? Head.NONE : last.head();
    }

    /** Number of the last checkpoint that the database has taken. */
    synchronized long stored() {
        return last == null ? 0 : last.number() - (inDatabase ? 0 : 1);
    }

    private boolean own(Checkpoint checkpoint) {
        return checkpoint.node().equals(signer.node().name())
                && checkpoint.verifies(signer.key().publicKey());
    }

    /** Signs where the chain ends, unless that is signed. What fails is done again the next time. */
    synchronized void sign(Supplier<Head> end) {
        try {
            if (!inDatabase) {
                store();
            }
            Head head = end.get();
            if (last == null
                    ? head.sequence() == 0
                    : head.sequence() <= last.head().sequence()) {
                return;
            }
            long number = last == null ? 1 : last.number() + 1;
            Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Head signed = new Head(head.sequence(), head.hash(), head.total(), at);
            Checkpoint next =
                    Checkpoint.signed(Checkpoint.Kind.CHECKPOINT, signer.node().name(), number, signed, signer.key());
            file.append(next);
            last = next;
            inDatabase = false;
            store();
            failing = false;
        } catch (IOException | SQLException e) {
            if (!failing) {
                failing = true;
                LOG.error(
                        "{} {}, it is tried again: {}",
                        AuditError.FILE_NOT_WRITTEN.code(),
                        AuditError.FILE_NOT_WRITTEN.summary(),
                        e instanceof SQLException sql
                                ? "SQLSTATE " + sql.getSQLState()
                                : e.getClass().getName());
            }
        }
    }

    private void store() throws SQLException {
        days.ensure(Block.dayOf(last.head().at()));
        try (Connection connection = dataSource.getConnection()) {
            CheckpointTable.add(connection, last);
        }
        inDatabase = true;
    }
}
