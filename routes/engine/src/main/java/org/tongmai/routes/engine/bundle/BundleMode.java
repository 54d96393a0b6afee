package org.tongmai.routes.engine.bundle;

/** How much is asked of a bundle before it runs. */
public enum BundleMode {
    /** Unsigned bundles are taken, a version may change, and a changed folder is deployed anew at the start. */
    DEVELOPMENT,
    /** A trusted author has signed it, and a version is one digest for good. */
    PRODUCTION
}
