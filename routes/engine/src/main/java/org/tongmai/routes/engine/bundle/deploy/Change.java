package org.tongmai.routes.engine.bundle.deploy;

import java.util.Map;
import org.tongmai.routes.engine.bundle.BundleDecision;

/**
 * A decision on its way into the ledger.
 *
 * @param before as it was looked at: the change is made only if that is still so
 * @param by account, or {@link #PLATFORM}
 * @param figures what it rests on
 */
record Change(Desired before, Desired after, BundleDecision decision, String by, Map<String, String> figures) {
    static final String PLATFORM = "platform";

    /** The digest that the decision is about. */
    String digestTo() {
        return decision == BundleDecision.BEGIN_CANARY ? after.canary() : after.stable();
    }
}
