package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditKind;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditPage.Entry;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Searches: the database says which blocks may have the terms, here it is looked which records do. */
final class AuditReader {
    private static final int BLOCKS_AT_ONCE = 32;
    private static final String LIMIT = "set local statement_timeout = '20s'";
    private static final String CANCELLED = "57014";

    private final DataSource dataSource;

    AuditReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    AuditPage search(AuditQuery query) {
        List<Entry> entries = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement limit = connection.createStatement()) {
                limit.execute(LIMIT);
                return page(connection, query, entries);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            AuditError error = CANCELLED.equals(e.getSQLState()) ? AuditError.SEARCH_TOO_WIDE : AuditError.READ_FAILED;
            throw new CodedException(Issue.of(error, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }

    private static AuditPage page(Connection connection, AuditQuery query, List<Entry> entries) throws SQLException {
        Position position = Position.of(query.before(), query.to());
        while (true) {
            List<Object> values = new ArrayList<>();
            String sql = statement(query, position, values);
            List<Block> blocks = Sql.list(connection, Rows::block, sql, values.toArray());
            for (Block block : blocks) {
                int from = position.within(block) ? position.index() - 1 : block.records();
                for (Entry entry : matching(block, query, from)) {
                    if (entries.size() == query.limit()) {
                        Entry last = entries.get(entries.size() - 1);
                        boolean same =
                                last.block() == block.sequence() && last.node().equals(block.node());
                        return new AuditPage(
                                entries,
                                Position.at(block, same ? last.index() : block.records() + 1)
                                        .toString());
                    }
                    entries.add(entry);
                }
            }
            if (blocks.size() < BLOCKS_AT_ONCE) {
                return new AuditPage(entries, "");
            }
            position = Position.at(blocks.get(blocks.size() - 1), 1);
        }
    }

    private static String statement(AuditQuery query, Position position, List<Object> values) {
        StringBuilder sql = new StringBuilder("select " + Rows.BLOCK
                + " from audit_block where day between ? and ? and last_at >= ? and first_at <= ?"
                + " and (at, node, sequence) <= (?, ?, ?)");
        // A block is written after its records, seldom on the next day.
        LocalDate first = Block.dayOf(query.from());
        values.add(first);
        values.add(Block.dayOf(query.to()).plusDays(1));
        values.add(HeadTable.time(query.from()));
        values.add(HeadTable.time(query.to()));
        values.add(HeadTable.time(position.at()));
        values.add(position.node());
        values.add(position.sequence());
        if (query.kind() == AuditKind.ADMINISTRATION) {
            sql.append(" and kinds & 1 = 1");
        }
        for (Map.Entry<Term, String> term : query.terms().entrySet()) {
            for (long probe : TermFilter.probes(TermFilter.key(term.getKey(), term.getValue()))) {
                sql.append(" and get_bit(terms, ").append(probe).append(" % (octet_length(terms) * 8)) = 1");
            }
        }
        return sql.append(" order by at desc, node desc, sequence desc limit " + BLOCKS_AT_ONCE)
                .toString();
    }

    private static List<Entry> matching(Block block, AuditQuery query, int from) {
        List<byte[]> lines = BlockContent.unpack(block.content()).lines();
        List<Entry> found = new ArrayList<>();
        for (int i = Math.min(from, lines.size()); i >= 1; i--) {
            int index = i;
            readable(lines.get(i - 1))
                    .filter(record -> fits(record, query))
                    .ifPresent(record -> found.add(new Entry(block.node(), block.sequence(), index, record)));
        }
        return found;
    }

    /** A record that somebody made unreadable hinders no search; verifying tells where it is. */
    private static Optional<AuditRecord> readable(byte[] line) {
        try {
            return Optional.of(RecordLine.read(line));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(AuditRecord record, AuditQuery query) {
        return !record.at().isBefore(query.from())
                && !record.at().isAfter(query.to())
                && (query.kind() == null || query.kind() == record.kind())
                && query.terms().entrySet().stream()
                        .allMatch(term -> term.getKey().of(record).equals(term.getValue()));
    }

    /** The last record that was told, or a place after everything. */
    private record Position(Instant at, String node, long sequence, int index) {
        private static final int PARTS = 4;

        static Position of(String text, Instant newest) {
            if (text.isEmpty()) {
                return new Position(newest.plusSeconds(172_800), "\uffff", Long.MAX_VALUE, 0);
            }
            String[] parts = text.split("/", -1);
            try {
                if (parts.length == PARTS) {
                    return new Position(
                            RecordLine.instant(Long.parseLong(parts[0])),
                            parts[1],
                            Long.parseLong(parts[2]),
                            Integer.parseInt(parts[3]));
                }
            } catch (NumberFormatException e) {
                throw new CodedException(Issue.of(AuditError.BAD_SPAN, "before", "not what was answered as next"), e);
            }
            throw new CodedException(Issue.of(AuditError.BAD_SPAN, "before", "not what was answered as next"));
        }

        static Position at(Block block, int index) {
            return new Position(block.at(), block.node(), block.sequence(), index);
        }

        boolean within(Block block) {
            return block.sequence() == sequence && block.node().equals(node);
        }

        @Override
        public String toString() {
            return RecordLine.micros(at) + "/" + node + "/" + sequence + "/" + index;
        }
    }
}
