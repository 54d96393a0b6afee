package org.tongmai.routes.engine.bundle.deploy;

import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.Tenants;

/**
 * What is wanted of one instance: the truth, one row.
 *
 * @param stable digest; empty when it was never deployed
 * @param canary digest, or empty
 * @param rule of the canary, or null
 */
record Desired(
        String instance,
        String bundle,
        String tenant,
        BundleState state,
        String stable,
        String canary,
        CanaryRule rule,
        long generation) {
    /** @param last generation there was before it was retired and forgotten; 0 when it never was there */
    static Desired absent(String bundle, String tenant, long last) {
        return new Desired(Tenants.instance(bundle, tenant), bundle, tenant, BundleState.ABSENT, "", "", null, last);
    }

    /** The next generation, with one version. */
    Desired running(BundleState next, String digest) {
        return new Desired(instance, bundle, tenant, next, digest, "", null, generation + 1);
    }

    /** The next generation, with a second version. */
    Desired withCanary(BundleState next, String digest, CanaryRule share) {
        return new Desired(instance, bundle, tenant, next, stable, digest, share, generation + 1);
    }

    /** The next generation of the same. */
    Desired again() {
        return new Desired(instance, bundle, tenant, state, stable, canary, rule, generation + 1);
    }

    boolean runs() {
        return state == BundleState.RUNNING || state == BundleState.CANARY;
    }
}
