package org.tongmai.routes.engine.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tongmai.standards.error.CodedException;

/** Writes one batch inside one transaction. May be asked again with a part of the same items after a failure. */
@FunctionalInterface
public interface BatchWriter<T, R> {
    /**
     * @param transaction open, not auto-commit; neither committed nor closed here
     * @param items at least one, in the order they were submitted
     * @return one answer an item, in their order
     * @throws SQLException when the database refused; everything is rolled back
     */
    List<R> write(Connection transaction, List<T> items) throws SQLException;

    /** Is told that what was written last is durable, before anything that comes later is written. */
    default void committed() {}

    /**
     * Is told what was not written, or of which that is not known, before anything that comes later is written.
     *
     * @param failure what the submitters are told
     */
    default void failed(List<T> items, CodedException failure) {}
}
