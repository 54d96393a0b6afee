package org.tongmai.standards.canonical;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads canonical resources. Contents carry {@code meta.versionId} and {@code meta.lastUpdated}. */
public interface CanonicalRepository {
    Optional<CanonicalResource> read(String type, String id);

    Optional<CanonicalResource> readVersion(ResourceVersion version);

    /** Reads many versions in one round trip; a missing one is absent from the answer. */
    Map<ResourceVersion, CanonicalResource> readVersions(List<ResourceVersion> versions);
}
