package org.tongmai.routes.engine.journal;

/** Cumulative counters of the ledger; the names are those in the database and in {@code /api/journal/stats}. */
public enum Metric {
    RECEIVED,
    ACCEPTED,
    REFUSED,
    STORED,
    DELIVERED,
    DUPLICATES
}
