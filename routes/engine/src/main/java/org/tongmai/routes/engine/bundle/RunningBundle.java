package org.tongmai.routes.engine.bundle;

import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/**
 * What an instance runs on this node.
 *
 * @param archive the files of the version that takes its traffic
 * @param settings what the platform and its tenant set for it
 */
public record RunningBundle(BundleArchive archive, BundleOverrides settings) {}
