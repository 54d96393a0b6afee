package org.tongmai.standards.canonical;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes canonical resources inside the caller's transaction, so that the journal's state, the outbox and the data are
 * one commit. Implemented by {@code adapters/canonical-store}.
 */
public interface CanonicalStore {
    /** A bundle ready to be written: what can be done without the database is done. Used once. */
    interface Prepared {
        CanonicalBundle bundle();

        /** Is told that the transaction it was written in is durable. */
        default void committed() {}
    }

    /**
     * Makes a bundle ready; on the caller's thread, so that many do it at a time and the one that writes does not.
     *
     * @throws org.tongmai.standards.error.CodedException when a resource of it can not be stored
     */
    Prepared prepare(CanonicalBundle bundle);

    /**
     * Upserts by {@code type/id}, in order, each by its {@link WriteRule}; without one of its own a top-level element that
     * is present replaces the stored one, an absent one is kept (HL7 v2 chapter 2.5.3.2: a field that is not valued means
     * no change), a JSON {@code null} deletes it. A resource equal to its stored version gets no new version.
     *
     * @param transaction open, not auto-commit; neither committed nor closed here
     * @param batch what {@link #prepare} answered, one entry a message; the same resource may occur in several, and later
     *     entries see earlier ones
     * @return for each entry the versions now current, in the entry's order
     * @throws SQLException when the database refused; the caller rolls back
     * @throws org.tongmai.standards.error.CodedException when another version is stored than a resource's rule expects;
     *     the caller rolls back
     */
    List<List<ResourceVersion>> upsert(Connection transaction, List<? extends Prepared> batch) throws SQLException;
}
