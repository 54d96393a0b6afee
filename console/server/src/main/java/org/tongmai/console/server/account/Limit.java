package org.tongmai.console.server.account;

import org.tongmai.console.server.ConsoleError;

/** All that a login counts for, until it is done and the account logs in anew. */
public enum Limit {
    /** Everything its roles allow. */
    NONE(null),
    /** The password is outdated, or was given by somebody else. */
    CHANGE_PASSWORD(ConsoleError.PASSWORD_OUTDATED),
    /** One of the roles must have a second factor, and there is none. */
    ENROL_SECOND_FACTOR(ConsoleError.SECOND_FACTOR_MISSING);

    private final ConsoleError refusal;

    Limit(ConsoleError refusal) {
        this.refusal = refusal;
    }

    /** What everything else is refused with; null for {@link #NONE}. */
    public ConsoleError refusal() {
        return refusal;
    }
}
