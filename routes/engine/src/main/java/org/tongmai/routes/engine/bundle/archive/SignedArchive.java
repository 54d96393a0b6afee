package org.tongmai.routes.engine.bundle.archive;

import java.util.Optional;

/** What a zip holds. That it has a signature does not say that it is a good one: {@link TrustedAuthors#verify}. */
public record SignedArchive(BundleArchive archive, Optional<Signature> signature) {}
