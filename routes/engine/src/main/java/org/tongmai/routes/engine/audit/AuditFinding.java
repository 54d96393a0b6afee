package org.tongmai.routes.engine.audit;

/**
 * A place where the log is not what was written.
 *
 * @param kind what is wrong
 * @param node whose chain
 * @param block number of the block, 0 when none is meant
 * @param record number of the record in the block, from 1; 0 when none is meant
 * @param checkpoint number of the checkpoint, 0 when none is meant
 * @param detail what was found and what was expected
 */
public record AuditFinding(Kind kind, String node, long block, int record, long checkpoint, String detail) {

    /** What can be wrong. */
    public enum Kind {
        /** A record was changed, added, removed or moved within its block. */
        RECORD,
        /** The mark of a record was changed; the record itself was not. */
        MARK,
        /** A column that only serves the search does not fit the records. */
        COLUMN,
        /** The block's own data or its hash was changed. */
        BLOCK,
        /** A block does not continue the one before it. */
        LINK,
        /** Blocks are gone. */
        MISSING,
        /** A block is not where it belongs. */
        ORDER,
        /** What was before the first block is gone, and no anchor says that its retention was over. */
        START,
        /** The end is gone: something signed or remembered is newer. */
        TAIL,
        /** A checkpoint says another thing of a block than the block itself. */
        CHECKPOINT,
        /** A checkpoint is gone. */
        CHECKPOINT_MISSING,
        /** A signature does not fit. */
        SIGNATURE,
        /** Signed by a key that is not the node's. */
        FOREIGN_KEY,
        /** Nobody has signed the end for longer than may be. */
        UNSIGNED,
        /** The node's file of checkpoints lacks a line, or has another one than the database. */
        FILE
    }
}
