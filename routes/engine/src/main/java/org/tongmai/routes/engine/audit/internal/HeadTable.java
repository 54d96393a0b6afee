package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.tongmai.routes.engine.node.NodeIdentity;

/** Where this node's chain ends, and which process may continue it. */
final class HeadTable {
    private static final String READ =
            "select sequence, hash, total, at, run from audit_head where node = ? for update";
    private static final String SET =
            """
            insert into audit_head (node, run, sequence, hash, total, at) values (?, ?, ?, ?, ?, ?)
            on conflict (node) do update set run = excluded.run, sequence = excluded.sequence,
              hash = excluded.hash, total = excluded.total, at = excluded.at""";
    private static final String APPEND =
            """
            with head as (
              update audit_head set sequence = ?, hash = ?, total = ?, at = ?
              where node = ? and run = ? and sequence = ? and hash = ? returning 1)
            insert into audit_block (day, node, sequence, at, first_at, last_at, records, total, kinds,
              previous_hash, hash, marks, terms, content)
            select ?::date, ?, ?::bigint, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::integer, ?::bigint,
              ?::smallint, ?::bytea, ?::bytea, ?::bytea, ?::bytea, ?::bytea from head""";

    private final NodeIdentity self;

    HeadTable(NodeIdentity self) {
        this.self = self;
    }

    /** Who holds the name, and where it says the chain ends. */
    record Held(Head head, UUID run) {}

    Optional<Held> read(Connection transaction) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(READ)) {
            statement.setString(1, self.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Head head = new Head(
                        row.getLong(1),
                        row.getBytes(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant());
                return Optional.of(new Held(head, row.getObject(5, UUID.class)));
            }
        }
    }

    /** Takes the name for this process, and says where the chain ends. */
    void set(Connection transaction, Head head) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(SET)) {
            statement.setString(1, self.name());
            statement.setObject(2, self.run());
            statement.setLong(3, head.sequence());
            statement.setBytes(4, head.hash());
            statement.setLong(5, head.total());
            statement.setObject(6, time(head.at()));
            statement.executeUpdate();
        }
    }

    /** Adds the block where the chain ends at the given head. Answers whether it does. */
    boolean append(Connection transaction, Head base, Block block) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(APPEND)) {
            Parameters parameters = new Parameters(statement);
            parameters
                    .add(block.sequence())
                    .add(block.hash())
                    .add(block.total())
                    .add(time(block.at()));
            parameters.add(block.node()).add(self.run()).add(base.sequence()).add(base.hash());
            parameters.add(block.day()).add(block.node()).add(block.sequence()).add(time(block.at()));
            parameters.add(time(block.found().firstAt())).add(time(block.found().lastAt()));
            parameters.add(block.records()).add(block.total()).add(block.found().kinds());
            parameters
                    .add(block.links().previous())
                    .add(block.hash())
                    .add(block.links().marks());
            parameters.add(block.found().terms()).add(block.content());
            return statement.executeUpdate() == 1;
        }
    }

    static OffsetDateTime time(Instant time) {
        return time.atOffset(Block.ZONE);
    }

    /** Sets the parameters of a statement in their order. */
    static final class Parameters {
        private final PreparedStatement statement;
        private int next = 1;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        Parameters add(Object value) throws SQLException {
            statement.setObject(next++, value);
            return this;
        }
    }
}
