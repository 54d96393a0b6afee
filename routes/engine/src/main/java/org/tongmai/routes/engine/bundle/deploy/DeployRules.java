package org.tongmai.routes.engine.bundle.deploy;

import java.util.Optional;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleMode;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.bundle.archive.TrustedAuthors;
import org.tongmai.standards.crypto.Sm4Key;

/**
 * What is asked of a bundle before it runs, and what it is told.
 *
 * @param mode how much is asked
 * @param overrides what the platform sets
 * @param gate runs its golden tests; empty only where none are to be run
 * @param mappings makes the mappings of those that have rows of their own
 * @param authors whose signature counts in production mode
 * @param key seals what tenants keep secret
 */
public record DeployRules(
        BundleMode mode,
        BundleOverrides overrides,
        Optional<DeployGate> gate,
        BundleMappings mappings,
        Optional<TrustedAuthors> authors,
        Sm4Key key) {}
