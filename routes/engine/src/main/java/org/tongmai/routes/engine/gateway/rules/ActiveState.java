package org.tongmai.routes.engine.gateway.rules;

/** Whether something counts. */
public enum ActiveState {
    ACTIVE,
    /** Kept, but calls that need it are refused. */
    SUSPENDED
}
