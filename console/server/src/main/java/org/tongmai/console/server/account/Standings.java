package org.tongmai.console.server.account;

import java.util.UUID;

/** Says whether a login still counts, whichever node the account was changed on. */
public interface Standings {
    /**
     * Looks into the database at most every two seconds an account.
     *
     * @param session null for a login without one
     */
    Standing of(String account, long generation, UUID session);

    /** Whether a login counts. */
    enum Standing {
        GOOD,
        /** The account was changed, disabled or removed since, or the session ended. */
        ENDED,
        /** The database does not answer. */
        UNKNOWN
    }
}
