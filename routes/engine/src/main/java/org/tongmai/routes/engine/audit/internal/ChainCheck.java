package org.tongmai.routes.engine.audit.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.routes.engine.audit.internal.BlockInspection.Wrong;

/**
 * Follows one chain, block by block, and says where it is not what was written. After a finding it goes on from what is there,
 * so that one change is one finding.
 */
final class ChainCheck {
    private final String node;
    private final Trust trust;
    private final Consumer<AuditFinding> findings;
    private Kind gap = Kind.MISSING;
    private Head last = Head.NONE;
    private byte[] computed = last.hash();
    private boolean seen;
    private long signed;
    private Instant unsignedSince;

    ChainCheck(String node, Trust trust, Consumer<AuditFinding> findings) {
        this.node = node;
        this.trust = trust;
        this.findings = findings;
    }

    /** Begins after a block that is taken as it is. */
    void after(Head head) {
        last = head;
        computed = head.hash();
    }

    /** Begins where the log begins: after the anchor, or with the first block. */
    void afterAnchor(Checkpoint anchor) {
        gap = Kind.START;
        if (anchor == null) {
            return;
        }
        if (!anchor.node().equals(node)
                || trust.anyKey(anchor.key()).filter(anchor::verifies).isEmpty()) {
            tell(
                    Kind.SIGNATURE,
                    0,
                    anchor.number(),
                    "the anchor before block " + (anchor.head().sequence() + 1));
        }
        after(anchor.head());
        signed = anchor.head().sequence();
    }

    /** Answers whether it is the next one; one that is out of place does not count. */
    boolean block(Block block) {
        if (block.sequence() <= last.sequence()) {
            tell(Kind.ORDER, block.sequence(), 0, "found after block " + last.sequence());
            return false;
        }
        boolean contiguous = block.sequence() == last.sequence() + 1;
        if (!contiguous) {
            missing(block.sequence());
        }
        BlockInspection inspection = inspect(block, contiguous);
        if (inspection.wrong() != null) {
            Wrong wrong = inspection.wrong();
            findings.accept(new AuditFinding(wrong.kind(), node, block.sequence(), wrong.record(), 0, wrong.detail()));
        }
        last = Head.of(block);
        computed = inspection.computed();
        seen = true;
        unsignedSince = unsignedSince == null ? block.at() : unsignedSince;
        return true;
    }

    private void missing(long found) {
        long first = last.sequence() + 1;
        String which = found - 1 == first ? "block " + first : "blocks " + first + " to " + (found - 1);
        tell(gap, first, 0, which + " not there" + (gap == Kind.START ? ", and no anchor says why" : ""));
    }

    private BlockInspection inspect(Block block, boolean contiguous) {
        gap = Kind.MISSING;
        byte[] previous = block.links().previous();
        if (!contiguous || follows(previous)) {
            return BlockInspection.of(block, previous);
        }
        tell(Kind.LINK, block.sequence(), 0, "does not continue block " + last.sequence());
        BlockInspection mended = BlockInspection.of(block, last.hash());
        return mended.wrong() == null ? mended : BlockInspection.of(block, previous);
    }

    private boolean follows(byte[] previous) {
        return Arrays.equals(previous, last.hash()) || Arrays.equals(previous, computed);
    }

    /** The first block after the span: whether it continues the last one of it. */
    void next(Block block) {
        if (block.sequence() > last.sequence() + 1) {
            missing(block.sequence());
        } else if (block.sequence() <= last.sequence()) {
            tell(Kind.ORDER, block.sequence(), 0, "found after block " + last.sequence());
        } else if (!follows(block.links().previous())) {
            tell(Kind.LINK, block.sequence(), 0, "does not continue block " + last.sequence());
        }
    }

    /** Whether the node itself has signed it. */
    boolean genuine(Checkpoint checkpoint) {
        var key = trust.key(node, checkpoint.key());
        if (key.isEmpty()) {
            tell(Kind.FOREIGN_KEY, 0, checkpoint.number(), "found: a key that is not the node's");
            return false;
        }
        if (!checkpoint.verifies(key.get())) {
            tell(Kind.SIGNATURE, 0, checkpoint.number(), "the signature does not fit what is signed");
            return false;
        }
        return true;
    }

    /** Compares a genuine checkpoint with its block, which was the last if it is there. */
    void compare(Checkpoint checkpoint) {
        Head head = checkpoint.head();
        if (head.sequence() != last.sequence()) {
            if (seen && head.sequence() > signed) {
                tell(Kind.CHECKPOINT, head.sequence(), checkpoint.number(), "the block that is signed is not there");
            }
            return;
        }
        boolean same = Arrays.equals(head.hash(), last.hash()) || Arrays.equals(head.hash(), computed);
        if (!same || head.total() != last.total()) {
            HexFormat hex = HexFormat.of();
            tell(
                    Kind.CHECKPOINT,
                    head.sequence(),
                    checkpoint.number(),
                    "the block is not the one that was signed. found: " + hex.formatHex(last.hash()) + "; expected: "
                            + hex.formatHex(head.hash()));
            return;
        }
        signed = head.sequence();
        unsignedSince = null;
    }

    void tell(Kind kind, long block, long checkpoint, String detail) {
        findings.accept(new AuditFinding(kind, node, block, 0, checkpoint, detail));
    }

    String node() {
        return node;
    }

    Head last() {
        return last;
    }

    /** The last block that is covered by a signature. */
    long signed() {
        return signed;
    }

    /** The time of the first block that is not covered by a signature; null when all are. */
    Instant unsignedSince() {
        return unsignedSince;
    }
}
