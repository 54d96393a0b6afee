package org.tongmai.routes.engine.audit;

import java.util.List;
import java.util.stream.Stream;

/**
 * What verifying found.
 *
 * @param blocks blocks that were read
 * @param records records in them
 * @param checkpoints signatures that were compared
 * @param chains nodes whose chain was read to the end of the span
 * @param findings what is wrong, in the order of the chains; empty when nothing is. At most {@link #MOST_FINDINGS}
 * @param next where to go on when there is more than is read at a time; empty when all was read
 */
public record AuditVerdict(
        long blocks, long records, long checkpoints, List<Chain> chains, List<AuditFinding> findings, String next) {
    public static final int MOST_FINDINGS = 100;

    public AuditVerdict {
        chains = List.copyOf(chains);
        findings = List.copyOf(findings);
    }

    /** The same, and before what was found in the chains these. */
    public AuditVerdict with(List<AuditFinding> before) {
        List<AuditFinding> all = Stream.concat(before.stream(), findings.stream())
                .limit(MOST_FINDINGS)
                .toList();
        return new AuditVerdict(blocks, records, checkpoints, chains, all, next);
    }

    public boolean intact() {
        return findings.isEmpty();
    }

    /**
     * How far one chain was looked at.
     *
     * @param block the last block
     * @param signed the last block that is covered by a signature
     * @param keys whose word it is which keys are the node's
     * @param file whether the node's own file of checkpoints was there to be compared
     */
    public record Chain(String node, long block, long signed, KeySource keys, FileState file) {}

    /** Where the public keys of a node come from. */
    public enum KeySource {
        /** A file outside the database. */
        PINNED,
        /** The database, which could have been changed as well. */
        DATABASE
    }

    /** Whether the file of checkpoints, which is in the data directory of its node, was compared. */
    public enum FileState {
        COMPARED,
        ON_ANOTHER_NODE
    }
}
