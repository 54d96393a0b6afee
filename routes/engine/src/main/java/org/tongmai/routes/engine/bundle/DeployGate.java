package org.tongmai.routes.engine.bundle;

import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/**
 * The last question before a version may run: does it do what its golden tests say? Asked of a bundle that keeps every
 * rule, before anything of it is started and before anything is written.
 */
@FunctionalInterface
public interface DeployGate {
    /**
     * Runs the candidate's own tests, without side effects.
     *
     * @param candidate keeps the rules already
     * @param settings what the platform would set for it
     * @return what was tested and what failed; never throws for a test that fails
     */
    GateReport test(BundleArchive candidate, BundleOverrides settings);
}
