package org.tongmai.routes.engine.bundle;

import static org.tongmai.routes.engine.bundle.BundleState.ABSENT;
import static org.tongmai.routes.engine.bundle.BundleState.CANARY;
import static org.tongmai.routes.engine.bundle.BundleState.RETIRED;
import static org.tongmai.routes.engine.bundle.BundleState.RUNNING;
import static org.tongmai.routes.engine.bundle.BundleState.STOPPED;

import java.util.Map;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** What can be decided about a bundle, and from which state it leads to which. One row of the ledger each. */
public enum BundleDecision {
    /** A bundle of the folder is deployed at the start because it never was before. */
    SEED(Map.of(ABSENT, RUNNING)),
    /** A version takes all traffic. */
    DEPLOY(Map.of(ABSENT, RUNNING, RUNNING, RUNNING, STOPPED, RUNNING, RETIRED, RUNNING)),
    /** A version takes a share of the traffic. */
    BEGIN_CANARY(Map.of(RUNNING, CANARY)),
    /** The canary takes all traffic. */
    PROMOTE(Map.of(CANARY, RUNNING)),
    /** The canary goes; without one, the release before comes back. */
    ROLL_BACK(Map.of(CANARY, RUNNING, RUNNING, RUNNING, STOPPED, STOPPED)),
    /** The canary broke its bound and goes. */
    ROLL_BACK_BY_BOUND(Map.of(CANARY, RUNNING)),
    /** Nothing runs until {@link #START}; a canary is given up. */
    STOP(Map.of(RUNNING, STOPPED, CANARY, STOPPED)),
    /** Runs again; a running one that failed on a node is tried again. */
    START(Map.of(STOPPED, RUNNING, RUNNING, RUNNING)),
    /** Nothing runs, and nothing more is queued for it. */
    RETIRE(Map.of(RUNNING, RETIRED, CANARY, RETIRED, STOPPED, RETIRED)),
    /** Settings of its tenant changed: it runs anew with them. */
    CHANGE_TENANT(Map.of(RUNNING, RUNNING, CANARY, CANARY, STOPPED, STOPPED, RETIRED, RETIRED));

    private final Map<BundleState, BundleState> transitions;

    BundleDecision(Map<BundleState, BundleState> transitions) {
        this.transitions = transitions;
    }

    /**
     * The state it leads to.
     *
     * @throws CodedException {@link DeployError#DECISION_NOT_POSSIBLE}
     */
    public BundleState from(BundleState state) {
        BundleState next = transitions.get(state);
        if (next == null) {
            throw new CodedException(Issue.of(
                    DeployError.DECISION_NOT_POSSIBLE,
                    "",
                    name() + " in state " + state + ", expected one of " + transitions.keySet()));
        }
        return next;
    }
}
