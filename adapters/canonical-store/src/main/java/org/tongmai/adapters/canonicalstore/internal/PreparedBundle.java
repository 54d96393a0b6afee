package org.tongmai.adapters.canonicalstore.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.canonical.WriteRule;

/** A bundle with its resources checked and written as bytes. */
public final class PreparedBundle implements CanonicalStore.Prepared {
    private final CanonicalBundle bundle;
    private final List<Incoming> resources;
    private final RecentVersions recent;
    private final List<RecentVersions.Written> written = new ArrayList<>();

    PreparedBundle(CanonicalBundle bundle, List<Incoming> resources, RecentVersions recent) {
        this.bundle = bundle;
        this.resources = resources;
        this.recent = recent;
    }

    @Override
    public CanonicalBundle bundle() {
        return bundle;
    }

    @Override
    public void committed() {
        written.forEach(recent::add);
    }

    List<Incoming> resources() {
        return resources;
    }

    /** The versions it makes in the transaction under way. */
    List<RecentVersions.Written> written() {
        return written;
    }

    /**
     * A resource as a message brings it.
     *
     * @param bytes the content as JSON in UTF-8
     * @param digest of these bytes
     * @param laid over what was in force when it was prepared, or null
     */
    record Incoming(CanonicalResource resource, byte[] bytes, UUID digest, Laid laid) {
        String reference() {
            return resource.reference();
        }

        WriteRule rule() {
            return resource.rule();
        }
    }
}
