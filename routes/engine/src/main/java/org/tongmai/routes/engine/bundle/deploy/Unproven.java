package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleState;

/**
 * What was decided together and has not been seen to run here yet. Should it not, the platform takes all of it back.
 *
 * @param changes of each instance
 * @param tenantBefore the tenant as it was, where it was changed; null where none was
 */
record Unproven(List<Change> changes, TenantRow tenantBefore) {
    /** Whether the decision is what is wanted; false when it was not made, or another followed. */
    boolean stands(List<Desired> wanted) {
        return changes.stream().allMatch(change -> wanted.contains(change.after()));
    }

    /** How it is taken back; empty where that would change nothing. */
    List<Change> back(String why) {
        List<Change> back = new ArrayList<>();
        for (Change change : changes) {
            back(change)
                    .ifPresent(decision -> back.add(new Change(
                            change.after(),
                            before(change, decision),
                            decision,
                            Change.PLATFORM,
                            Map.of("failed", why))));
        }
        return back;
    }

    private Optional<BundleDecision> back(Change change) {
        if (tenantBefore != null) {
            return Optional.of(BundleDecision.CHANGE_TENANT);
        }
        if (!change.before().runs()) {
            boolean retired = change.before().state() == BundleState.RETIRED;
            return Optional.of(retired ? BundleDecision.RETIRE : BundleDecision.STOP);
        }
        boolean another = !change.before().stable().equals(change.after().stable())
                || !change.after().canary().isEmpty();
        // Of what ran before and is to run as before nothing can be taken back: it is tried again.
        return another ? Optional.of(BundleDecision.ROLL_BACK) : Optional.empty();
    }

    private static Desired before(Change change, BundleDecision decision) {
        if (decision == BundleDecision.CHANGE_TENANT) {
            return change.after().again();
        }
        Desired before = change.before();
        String stable = before.stable().isEmpty() ? change.after().stable() : before.stable();
        return change.after().running(decision.from(change.after().state()), stable);
    }
}
