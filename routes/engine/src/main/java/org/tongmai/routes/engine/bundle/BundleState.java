package org.tongmai.routes.engine.bundle;

/** What is wanted of a deployed bundle; {@link BundleDecision} says how it changes. */
public enum BundleState {
    /** Never deployed; has no row. */
    ABSENT,
    /** One version runs. */
    RUNNING,
    /** A second version takes a share of the traffic. */
    CANARY,
    /** Nothing runs; what is to be delivered waits. */
    STOPPED,
    /** Nothing runs, and nothing more is queued for it. */
    RETIRED
}
