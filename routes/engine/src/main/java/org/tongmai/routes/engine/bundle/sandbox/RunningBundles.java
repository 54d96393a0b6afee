package org.tongmai.routes.engine.bundle.sandbox;

import java.util.Optional;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/** Knows the files of what runs now. */
public interface RunningBundles {
    /** The version of the bundle that takes the traffic; empty when none does. */
    Optional<BundleArchive> running(String bundle);

    /** What the platform sets for its bundles. */
    BundleOverrides settings();
}
