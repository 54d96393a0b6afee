package org.tongmai.routes.engine.audit.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.tongmai.routes.engine.audit.internal.Block.Found;
import org.tongmai.routes.engine.audit.internal.Block.Links;

/** Rows of the audit log's tables as what they are. */
final class Rows {
    static final String BLOCK =
            "day, node, sequence, at, first_at, last_at, records, total, kinds, previous_hash, hash, marks,"
                    + " terms, content";
    static final String CHECKPOINT = "node, number, sequence, hash, total, at, key, signature";
    static final String ANCHOR = "node, checkpoint, sequence, hash, total, at, key, signature";

    private Rows() {}

    static Block block(ResultSet row) throws SQLException {
        return new Block(
                row.getObject(1, LocalDate.class),
                row.getString(2),
                row.getLong(3),
                time(row, 4),
                new Found(time(row, 5), time(row, 6), row.getInt(9), row.getBytes(13)),
                row.getInt(7),
                row.getLong(8),
                new Links(row.getBytes(10), row.getBytes(11), row.getBytes(12)),
                row.getBytes(14));
    }

    static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return read(row, Checkpoint.Kind.CHECKPOINT);
    }

    static Checkpoint anchor(ResultSet row) throws SQLException {
        return read(row, Checkpoint.Kind.ANCHOR);
    }

    private static Checkpoint read(ResultSet row, Checkpoint.Kind kind) throws SQLException {
        return new Checkpoint(
                kind,
                row.getString(1),
                row.getLong(2),
                new Head(row.getLong(3), row.getBytes(4), row.getLong(5), time(row, 6)),
                row.getString(7),
                row.getBytes(8));
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
