package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.database.Sql;

/** The tables. Each question is one short statement: nothing is held while a long span is read. */
final class TableTrail implements Trail {
    // A loose scan of the index: one step a node, whatever the number of blocks.
    private static final String NODES =
            """
            with recursive chain(node) as (
              (select node from audit_block order by node limit 1)
              union all
              select (select b.node from audit_block b where b.node > chain.node order by b.node limit 1)
              from chain where chain.node is not null)
            select node from chain where node is not null
            union select node from audit_anchor union select node from audit_head where sequence > 0 order by 1""";
    private static final String BLOCKS = "select " + Rows.BLOCK
            + " from audit_block where day = ? and node = ? and sequence > ? order by sequence limit ?";
    private static final String LAST =
            "select " + Rows.BLOCK + " from audit_block where day = ? and node = ? order by sequence desc limit 1";
    private static final String CHECKPOINTS = "select " + Rows.CHECKPOINT
            + " from audit_checkpoint where node = ? and number > ? order by number limit ?";
    private static final String SIGNED_UP_TO = "select " + Rows.CHECKPOINT
            + " from audit_checkpoint where node = ? and sequence <= ? order by sequence desc, number desc limit 1";
    private static final String NEWEST =
            "select number from audit_checkpoint where node = ? order by number desc limit 1";
    private static final String ANCHOR =
            "select " + Rows.ANCHOR + " from audit_anchor where node = ? order by sequence desc limit 1";
    private static final String NOTED = "select sequence from audit_head where node = ?";

    private final Connection connection;

    TableTrail(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<String> nodes() throws SQLException {
        return Sql.list(connection, row -> row.getString(1), NODES);
    }

    @Override
    public List<LocalDate> days() throws SQLException {
        return DayPartitions.existing(connection, AuditDays.FIRST);
    }

    @Override
    public List<Block> blocks(String node, LocalDate day, long above, int limit) throws SQLException {
        return Sql.list(connection, Rows::block, BLOCKS, day, node, above, limit);
    }

    @Override
    public Optional<Block> last(String node, LocalDate day) throws SQLException {
        return Sql.list(connection, Rows::block, LAST, day, node).stream().findFirst();
    }

    @Override
    public List<Checkpoint> checkpoints(String node, long above, int limit) throws SQLException {
        return Sql.list(connection, Rows::checkpoint, CHECKPOINTS, node, above, limit);
    }

    @Override
    public Optional<Checkpoint> signedUpTo(String node, long sequence) throws SQLException {
        return Sql.list(connection, Rows::checkpoint, SIGNED_UP_TO, node, sequence).stream()
                .findFirst();
    }

    @Override
    public long newestCheckpoint(String node) throws SQLException {
        return number(NEWEST, node);
    }

    @Override
    public Optional<Checkpoint> anchor(String node) throws SQLException {
        return Sql.list(connection, Rows::anchor, ANCHOR, node).stream().findFirst();
    }

    @Override
    public long noted(String node) throws SQLException {
        return number(NOTED, node);
    }

    private long number(String sql, String node) throws SQLException {
        return Sql.list(connection, row -> row.getLong(1), sql, node).stream()
                .findFirst()
                .orElse(0L);
    }
}
