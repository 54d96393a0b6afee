package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.tongmai.routes.engine.audit.internal.HeadTable.Parameters;

/** Writes what is signed. */
final class CheckpointTable {
    private static final String CHECKPOINT = "insert into audit_checkpoint (day, " + Rows.CHECKPOINT
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String ANCHOR =
            "insert into audit_anchor (" + Rows.ANCHOR + ") values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private CheckpointTable() {}

    static void add(Connection connection, Checkpoint checkpoint) throws SQLException {
        boolean anchor = checkpoint.kind() == Checkpoint.Kind.ANCHOR;
        try (PreparedStatement statement = connection.prepareStatement(anchor ? ANCHOR : CHECKPOINT)) {
            Parameters parameters = new Parameters(statement);
            Head head = checkpoint.head();
            if (!anchor) {
                parameters.add(Block.dayOf(head.at()));
            }
            parameters.add(checkpoint.node()).add(checkpoint.number()).add(head.sequence());
            parameters.add(head.hash()).add(head.total()).add(HeadTable.time(head.at()));
            parameters.add(checkpoint.key()).add(checkpoint.signature());
            statement.executeUpdate();
        }
    }
}
