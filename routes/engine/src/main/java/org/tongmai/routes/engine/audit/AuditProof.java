package org.tongmai.routes.engine.audit;

import java.time.Instant;
import java.util.List;

/**
 * One place of a chain, and what shows that it is as it was written. Hashes are SM3 in hexadecimal digits.
 *
 * @param place what is there
 * @param links the two ends of the record's link
 * @param block the block it is in
 * @param signature the first checkpoint that covers the block; null while there is none
 * @param findings what is not as it was written of the block, of its link to the one before, of the checkpoint
 */
public record AuditProof(Place place, Links links, Sealed block, Signature signature, List<AuditFinding> findings) {
    public AuditProof {
        findings = List.copyOf(findings);
    }

    /**
     * What is there.
     *
     * @param entry where it is; its record is null where what is there can not be read as one
     * @param number of the record in the chain, from 1
     * @param line the record as it is hashed; empty where there is none
     */
    public record Place(AuditPage.Entry entry, long number, String line) {}

    /**
     * A record's link of the chain, made anew: {@code digest = SM3(previous ‖ line)}.
     *
     * @param previous digest of the record before, or hash of the block before
     * @param digest empty where there is no line
     */
    public record Links(String previous, String digest) {}

    /**
     * The block.
     *
     * @param at when it was written
     * @param records how many are in it
     * @param previous hash of the block before
     * @param hash as it is stored
     */
    public record Sealed(Instant at, int records, String previous, String hash) {}

    /**
     * A checkpoint.
     *
     * @param number of the checkpoint
     * @param block the last block it signs; one after ours covers it by the chain between
     * @param at when it was signed
     * @param key fingerprint of the key
     * @param genuine whether the signature is the node's
     */
    public record Signature(long number, long block, Instant at, String key, boolean genuine) {}
}
