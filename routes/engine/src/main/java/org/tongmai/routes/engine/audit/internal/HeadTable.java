package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.tongmai.routes.engine.database.Sql;
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
        return Sql.list(transaction, HeadTable::held, READ, self.name()).stream()
                .findFirst();
    }

    private static Held held(ResultSet row) throws SQLException {
        Head head = new Head(row.getLong(1), row.getBytes(2), row.getLong(3), Rows.time(row, 4));
        return new Held(head, row.getObject(5, UUID.class));
    }

    /** Takes the name for this process, and says where the chain ends. */
    void set(Connection transaction, Head head) throws SQLException {
        Sql.update(
                transaction, SET, self.name(), self.run(), head.sequence(), head.hash(), head.total(), time(head.at()));
    }

    /** Adds the block where the chain ends at the given head. Answers whether it does. */
    boolean append(Connection transaction, Head base, Block block) throws SQLException {
        return Sql.update(
                        transaction,
                        APPEND,
                        block.sequence(),
                        block.hash(),
                        block.total(),
                        time(block.at()),
                        block.node(),
                        self.run(),
                        base.sequence(),
                        base.hash(),
                        block.day(),
                        block.node(),
                        block.sequence(),
                        time(block.at()),
                        time(block.found().firstAt()),
                        time(block.found().lastAt()),
                        block.records(),
                        block.total(),
                        block.found().kinds(),
                        block.links().previous(),
                        block.hash(),
                        block.links().marks(),
                        block.found().terms(),
                        block.content())
                == 1;
    }

    static OffsetDateTime time(Instant time) {
        return time.atOffset(Block.ZONE);
    }
}
