package org.tongmai.routes.engine.audit.internal;

import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.commit.CommitFailures;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The audit log's words. What is said thousands of times a second while the database is away is made once. */
final class AuditFailures implements CommitFailures {
    private final CodedException unavailable = new CodedException(Issue.of(AuditError.UNAVAILABLE, "", ""));
    private final CodedException full;

    AuditFailures(int capacity) {
        this.full = new CodedException(Issue.of(AuditError.QUEUE_FULL, "", "expected: at most " + capacity));
    }

    @Override
    public CodedException full(int capacity) {
        return full;
    }

    CodedException unavailable() {
        return unavailable;
    }

    @Override
    public CodedException unavailable(Exception cause) {
        return new CodedException(Issue.of(AuditError.UNAVAILABLE, "", ""), cause);
    }

    @Override
    public CodedException rejected(Exception cause) {
        return new CodedException(Issue.of(AuditError.REJECTED, "", ""), cause);
    }
}
