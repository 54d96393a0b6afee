package org.tongmai.routes.engine.journal.internal;

import java.sql.SQLException;
import org.tongmai.routes.engine.commit.CommitFailures;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The journal's coded words for what a group commit can not do. Never the database's words: they may quote a row. */
final class JournalFailures implements CommitFailures {
    @Override
    public CodedException full(int capacity) {
        return new CodedException(Issue.of(JournalError.QUEUE_FULL, "", "expected: at most " + capacity));
    }

    @Override
    public CodedException unavailable(Exception cause) {
        return new CodedException(Issue.of(JournalError.UNAVAILABLE, "", stateOf(cause)));
    }

    @Override
    public CodedException rejected(Exception cause) {
        return new CodedException(Issue.of(JournalError.REJECTED, "", stateOf(cause)));
    }

    private static String stateOf(Exception cause) {
        return cause instanceof SQLException sql
                ? "SQLSTATE " + sql.getSQLState()
                : cause.getClass().getSimpleName();
    }
}
