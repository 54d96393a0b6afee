package org.tongmai.routes.engine.audit.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.commit.BatchWriter;
import org.tongmai.routes.engine.database.DayPartitions;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Makes a block of each batch. The end of the chain is remembered here; what the database says of it is only believed after a
 * commit of which nobody knows whether it took place, and only if it is one of the two ends that are then possible.
 */
final class BlockWriter implements BatchWriter<Entry, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(BlockWriter.class);

    private final BlockChain chain;
    private final HeadTable heads;
    private final NodeIdentity self;
    private final DayPartitions days;
    private final InstantSource clock;
    private volatile Head confirmed;
    private volatile boolean fenced;
    private volatile boolean available = true;
    private Head tentative;

    BlockWriter(NodeIdentity self, DayPartitions days, InstantSource clock, Head head) {
        this.chain = new BlockChain(self.name());
        this.heads = new HeadTable(self);
        this.self = self;
        this.days = days;
        this.clock = clock;
        this.confirmed = head;
    }

    /** The last block that is known to be durable. */
    Head confirmed() {
        return confirmed;
    }

    /** Whether another process has taken this node's chain. */
    boolean fenced() {
        return fenced;
    }

    /** Whether the database took the last block, or has answered since. */
    boolean available() {
        return available;
    }

    /** The database answers again. */
    void answers() {
        available = true;
    }

    @Override
    public List<Void> write(Connection transaction, List<Entry> entries) throws SQLException {
        if (fenced) {
            throw new CodedException(Issue.of(AuditError.FENCED, "", ""));
        }
        Head base = tentative == null ? confirmed : end(transaction);
        Block block = after(base, entries);
        if (!heads.append(transaction, base, block)) {
            base = end(transaction);
            block = after(base, entries);
            if (!heads.append(transaction, base, block)) {
                throw new IllegalStateException("the end of the chain was set, and is not there");
            }
        }
        tentative = Head.of(block);
        return Collections.nCopies(entries.size(), null);
    }

    /** Time does not go back in a chain, so that what is dropped by day is always its begin. */
    private Block after(Head base, List<Entry> entries) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant at = now.isBefore(base.at()) ? base.at() : now;
        LocalDate day = Block.dayOf(at);
        days.ensure(day);
        return chain.next(base, at, entries);
    }

    private Head end(Connection transaction) throws SQLException {
        Optional<HeadTable.Held> held = heads.read(transaction);
        if (held.isPresent() && !held.get().run().equals(self.run())) {
            fenced = true;
            LOG.error("{} {}", AuditError.FENCED.code(), AuditError.FENCED.summary());
            throw new CodedException(Issue.of(AuditError.FENCED, "", ""));
        }
        Head possible = tentative;
        tentative = null;
        if (held.isPresent() && possible != null && held.get().head().same(possible)) {
            confirmed = possible;
        } else if (held.isEmpty() || !held.get().head().same(confirmed)) {
            LOG.error(
                    "{} {}: found block {}, expected {}; the chain goes on from what was written",
                    AuditError.HEAD_CHANGED.code(),
                    AuditError.HEAD_CHANGED.summary(),
                    held.map(each -> each.head().sequence()).orElse(0L),
                    confirmed.sequence());
            heads.set(transaction, confirmed);
        }
        return confirmed;
    }

    @Override
    public void committed() {
        confirmed = tentative;
        tentative = null;
        available = true;
    }

    @Override
    public void failed(List<Entry> entries, CodedException failure) {
        if (failure.code() == AuditError.UNAVAILABLE) {
            available = false;
        }
    }
}
