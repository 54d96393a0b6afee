package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.routes.engine.node.NodeIdentity;

/**
 * Finds where the chain of a node is to be continued at a start: at the furthest end that anything speaks of. Where blocks are
 * gone, the gap stays, and verifying finds it.
 */
final class ChainEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ChainEnd.class);

    private final DataSource dataSource;
    private final NodeIdentity self;

    ChainEnd(DataSource dataSource, NodeIdentity self) {
        this.dataSource = dataSource;
        this.self = self;
    }

    /** Takes the node's name for this process, and answers the end; an older process of the name writes no more. */
    Head take(Head signed) throws SQLException {
        HeadTable heads = new HeadTable(self);
        try (Connection connection = dataSource.getConnection()) {
            return Sql.transaction(connection, transaction -> {
                Head noted = heads.read(transaction).map(HeadTable.Held::head).orElse(Head.NONE);
                Head stored = stored(transaction);
                Head end = further(further(stored, noted), signed);
                if (end.sequence() != stored.sequence() || end.sequence() != noted.sequence() || !end.same(stored)) {
                    LOG.error(
                            "{} {}: found block {} and a note of {}; {} was signed",
                            AuditError.HEAD_CHANGED.code(),
                            AuditError.HEAD_CHANGED.summary(),
                            stored.sequence(),
                            noted.sequence(),
                            signed.sequence());
                }
                heads.set(transaction, end);
                return end;
            });
        }
    }

    /** The last block, or what an anchor says of the last that was dropped. */
    private Head stored(Connection connection) throws SQLException {
        TableTrail trail = new TableTrail(connection);
        List<LocalDate> days = trail.days();
        for (int i = days.size() - 1; i >= 0; i--) {
            Optional<Block> last = trail.last(self.name(), days.get(i));
            if (last.isPresent()) {
                return Head.of(last.get());
            }
        }
        return trail.anchor(self.name()).map(Checkpoint::head).orElse(Head.NONE);
    }

    private static Head further(Head one, Head other) {
        return other.sequence() > one.sequence() ? other : one;
    }
}
