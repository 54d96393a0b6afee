package org.tongmai.console.server.account;

/** Says whether a login still counts, whichever node the account was changed on. */
public interface Standings {
    /** Looks into the database at most every two seconds an account. */
    Standing of(String account, long generation);

    /** Whether a login counts. */
    enum Standing {
        GOOD,
        /** The account was changed, disabled or removed since. */
        ENDED,
        /** The database does not answer. */
        UNKNOWN
    }
}
