package org.tongmai.routes.engine.node;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can go wrong with a node as such. None of these ever reaches a sender. */
public enum NodeError implements ErrorCode {
    WORK_FAILED("TM-NODE-0001", "A thread failed for an unforeseen reason; it took its work up again", true),
    FENCED("TM-NODE-0002", "Another process has this node's name; this one takes nothing in any more", false),
    SILENT("TM-NODE-0003", "This node can not tell the database that it lives", true);

    private final ErrorFacts facts;

    NodeError(String code, String summary, boolean retryable) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, new Wire("AE", 207, 500, "exception"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
