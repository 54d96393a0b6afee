package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.database.Sql;

/** Writes what is signed. */
final class CheckpointTable {
    private static final String CHECKPOINT = "insert into audit_checkpoint (day, " + Rows.CHECKPOINT
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String ANCHOR =
            "insert into audit_anchor (" + Rows.ANCHOR + ") values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private CheckpointTable() {}

    static void add(Connection connection, Checkpoint checkpoint) throws SQLException {
        Head head = checkpoint.head();
        List<Object> values = new ArrayList<>(List.of(
                checkpoint.node(),
                checkpoint.number(),
                head.sequence(),
                head.hash(),
                head.total(),
                HeadTable.time(head.at()),
                checkpoint.key(),
                checkpoint.signature()));
        boolean anchor = checkpoint.kind() == Checkpoint.Kind.ANCHOR;
        if (!anchor) {
            values.add(0, Block.dayOf(head.at()));
        }
        Sql.update(connection, anchor ? ANCHOR : CHECKPOINT, values.toArray());
    }
}
