package org.tongmai.routes.engine.bundle;

/** How a bundle is on one node. */
public enum RunCondition {
    /** Its routes run. */
    RUNNING,
    /** Its routes do not run, and are not to. */
    STOPPED,
    /** It breaks a rule here, for example a setting is missing. */
    REFUSED,
    /**
     * It could not start, for example because its port is taken or the platform failed over it; it is tried again, and can be
     * started again.
     */
    FAILED
}
