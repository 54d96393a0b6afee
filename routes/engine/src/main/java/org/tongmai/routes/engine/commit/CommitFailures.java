package org.tongmai.routes.engine.commit;

import org.tongmai.standards.error.CodedException;

/** Says in coded words why an item was not committed. */
public interface CommitFailures {
    /** More waits than may wait; must be retryable. */
    CodedException full(int capacity);

    /** The database is away, full or going down; must be retryable. */
    CodedException unavailable(Exception cause);

    /** The database refused this very item. */
    CodedException rejected(Exception cause);
}
