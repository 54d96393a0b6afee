package org.tongmai.routes.engine.audit.internal;

import java.time.Instant;
import java.util.Arrays;

/**
 * Where a chain ends.
 *
 * @param sequence number of the last block, 0 before the first
 * @param hash of the last block
 * @param total records up to there
 * @param at when the last block was written
 */
record Head(long sequence, byte[] hash, long total, Instant at) {
    static final Head NONE = new Head(0, new byte[BlockChain.HASH_BYTES], 0, Instant.EPOCH);

    static Head of(Block block) {
        return new Head(block.sequence(), block.hash(), block.total(), block.at());
    }

    boolean same(Head other) {
        return sequence == other.sequence && Arrays.equals(hash, other.hash);
    }
}
