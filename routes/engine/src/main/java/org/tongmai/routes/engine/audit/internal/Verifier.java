package org.tongmai.routes.engine.audit.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.routes.engine.audit.AuditVerdict.Chain;
import org.tongmai.routes.engine.audit.AuditVerdict.FileState;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads chains anew, a few blocks at a time, until all is read or the time is over. */
final class Verifier {
    private static final int PAGE = 32;

    private final Trail trail;
    private final Trust trust;
    private final Known known;
    private final List<AuditFinding> findings = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private long blocks;
    private long records;
    private long checkpoints;
    private String next = "";

    /**
     * What this node knows by itself, found out before anything is read.
     *
     * @param node its name
     * @param confirmed the last block that it wrote
     * @param file its file of checkpoints
     * @param limits how long
     */
    record Known(String node, long confirmed, CheckpointFeed.Own file, Limits limits) {}

    /**
     * @param now the time
     * @param until when to stop and say where to go on
     * @param unsigned how long the end of a chain may be without a signature
     */
    record Limits(Instant now, BooleanSupplier until, Duration unsigned) {}

    Verifier(Trail trail, Trust trust, Known known) {
        this.trail = trail;
        this.trust = trust;
        this.known = known;
    }

    AuditVerdict verify(AuditSpan span) throws SQLException {
        Cursor cursor = Cursor.of(span.after());
        List<LocalDate> kept = trail.days();
        for (String node : trail.nodes()) {
            boolean wanted = span.node().isEmpty() || span.node().equals(node);
            if (wanted && node.compareTo(cursor.node()) >= 0 && next.isEmpty()) {
                verify(node, span, node.equals(cursor.node()) ? cursor : Cursor.NONE, kept);
            }
        }
        if (next.isEmpty()) {
            tellGone(span);
        }
        return new AuditVerdict(blocks, records, checkpoints, chains, findings, next);
    }

    /** A node whose key was kept here has written something; at least its anchor stays. */
    private void tellGone(AuditSpan span) throws SQLException {
        List<String> there = trail.nodes();
        for (String node : trust.pinnedNodes()) {
            boolean wanted = span.node().isEmpty() || span.node().equals(node);
            boolean begins = node.equals(known.node()) && known.confirmed() == 0;
            if (wanted && !begins && !there.contains(node)) {
                found(new AuditFinding(Kind.TAIL, node, 1, 0, 0, "its key is kept; of its chain nothing is there"));
            }
        }
    }

    private void verify(String node, AuditSpan span, Cursor cursor, List<LocalDate> kept) throws SQLException {
        long noted = Math.max(trail.noted(node), node.equals(known.node()) ? known.confirmed() : 0);
        ChainCheck check = new ChainCheck(node, trust, this::found);
        LocalDate from = cursor.day() == null ? span.from() : cursor.day();
        CheckpointFeed feed = begin(
                check,
                node,
                cursor,
                kept.stream().filter(day -> day.isBefore(from)).toList());
        long above = cursor.sequence();
        for (LocalDate day : kept) {
            if (!day.isBefore(from) && !day.isAfter(span.to())) {
                if (!day(check, feed, new Cursor(node, day, above))) {
                    checkpoints += feed.compared();
                    return;
                }
                above = 0;
            }
        }
        end(check, feed, span, kept, noted);
        checkpoints += feed.compared();
        FileState file = node.equals(known.node()) ? FileState.COMPARED : FileState.ON_ANOTHER_NODE;
        chains.add(new Chain(node, check.last().sequence(), check.signed(), trust.source(node), file));
    }

    /** Where the chain is taken up: after the block of the cursor, the last of the days before, the anchor, or nothing. */
    private CheckpointFeed begin(ChainCheck check, String node, Cursor cursor, List<LocalDate> before)
            throws SQLException {
        Optional<Block> taken = Optional.empty();
        if (cursor.sequence() > 0) {
            taken = trail.blocks(node, cursor.day(), cursor.sequence() - 1, 1).stream()
                    .findFirst();
        }
        for (int i = before.size() - 1; i >= 0 && taken.isEmpty(); i--) {
            taken = trail.last(node, before.get(i));
        }
        Optional<Checkpoint> anchor = trail.anchor(node);
        if (taken.isPresent()) {
            check.after(Head.of(taken.get()));
        } else {
            check.afterAnchor(anchor.orElse(null));
        }
        long after = anchor.map(Checkpoint::number).orElse(0L);
        if (taken.isPresent()) {
            // One that is not genuine is looked at again, and told.
            after = trail.signedUpTo(node, check.last().sequence())
                    .map(each -> trust.genuine(each) ? each.number() : each.number() - 1)
                    .orElse(after);
        }
        CheckpointFeed.Place place = new CheckpointFeed.Place(node, after, trail.newestCheckpoint(node));
        return new CheckpointFeed(trail, check, place, node.equals(known.node()) ? known.file() : null);
    }

    /** Answers false when the time is over. */
    private boolean day(ChainCheck check, CheckpointFeed feed, Cursor begin) throws SQLException {
        long above = begin.sequence();
        while (true) {
            List<Block> page = trail.blocks(begin.node(), begin.day(), above, PAGE);
            for (Block block : page) {
                if (check.block(block)) {
                    feed.upTo(block.sequence());
                }
                blocks++;
                records += block.records();
            }
            if (page.size() < PAGE) {
                return true;
            }
            above = page.get(page.size() - 1).sequence();
            if (known.limits().until().getAsBoolean()) {
                next = new Cursor(begin.node(), begin.day(), above).toString();
                return false;
            }
        }
    }

    private void end(ChainCheck check, CheckpointFeed feed, AuditSpan span, List<LocalDate> kept, long noted)
            throws SQLException {
        for (LocalDate day : kept) {
            if (day.isAfter(span.to())) {
                Optional<Block> after =
                        trail.blocks(check.node(), day, 0, 1).stream().findFirst();
                if (after.isPresent()) {
                    check.next(after.get());
                    return;
                }
            }
        }
        int before = findings.size();
        feed.end();
        long last = check.last().sequence();
        if (noted > last && findings.size() == before) {
            check.tell(Kind.TAIL, last + 1, 0, "block " + noted + " was written; the last that is there is " + last);
        }
        unsigned(check);
    }

    private void unsigned(ChainCheck check) {
        Instant since = check.unsignedSince();
        if (since == null) {
            return;
        }
        Instant until = check.node().equals(known.node())
                ? known.limits().now()
                : check.last().at();
        if (Duration.between(since, until).compareTo(known.limits().unsigned()) > 0) {
            check.tell(Kind.UNSIGNED, check.signed() + 1, 0, "from this block on nothing is signed");
        }
    }

    private void found(AuditFinding finding) {
        if (findings.size() < AuditVerdict.MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    /** Where to go on: after this block. */
    private record Cursor(String node, LocalDate day, long sequence) {
        static final Cursor NONE = new Cursor("", null, 0);

        static Cursor of(String text) {
            if (text.isEmpty()) {
                return NONE;
            }
            String[] parts = text.split("/", -1);
            try {
                if (parts.length == 3) {
                    return new Cursor(parts[0], LocalDate.parse(parts[1]), Long.parseLong(parts[2]));
                }
            } catch (DateTimeParseException | NumberFormatException e) {
                throw new CodedException(Issue.of(AuditError.BAD_SPAN, "after", "not what was answered as next"), e);
            }
            throw new CodedException(Issue.of(AuditError.BAD_SPAN, "after", "not what was answered as next"));
        }

        @Override
        public String toString() {
            return node + "/" + day + "/" + sequence;
        }
    }
}
