package org.tongmai.routes.engine.journal;

/**
 * The ledger. Since the journal was created, summed over nodes and kept days; exact, because each counter changes in
 * the transaction it counts.
 *
 * @param received messages made durable, duplicates not counted
 * @param accepted of these, answered positively
 * @param refused of these, answered with a coded refusal
 * @param processing now between received and stored
 * @param stored of these, mapped and stored (whatever came after)
 * @param delivered of these, with every delivery settled positively
 * @param parked now waiting for a person
 * @param duplicates messages recognised as seen before, not made durable again
 */
public record JournalStats(
        long received,
        long accepted,
        long refused,
        long processing,
        long stored,
        long delivered,
        long parked,
        long duplicates) {}
