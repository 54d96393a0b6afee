package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.adapters.canonicalstore.CanonicalStoreSettings;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Upserts a batch: one look at what is stored, merging in memory, one statement a table for what changed. Writers of
 * all
 * nodes take turns (one advisory lock until commit), so that nothing is merged over a stale version, nobody deadlocks,
 * and times of versions rise in the order of commits.
 */
public final class Upsert {
    private final IndexedParameters parameters;
    private final CanonicalStoreSettings settings;
    private final ContentCache cache;
    private final ResourceIds ids = new ResourceIds();
    private final RecentVersions recent;

    public Upsert(IndexedParameters parameters, CanonicalStoreSettings settings, RecentVersions recent) {
        this.recent = recent;
        this.parameters = parameters;
        this.settings = settings;
        this.cache = new ContentCache(settings.cacheBytes());
    }

    /** Does what {@link org.tongmai.standards.canonical.CanonicalStore#prepare} says. */
    public PreparedBundle prepare(CanonicalBundle bundle) {
        List<PreparedBundle.Incoming> prepared =
                new ArrayList<>(bundle.resources().size());
        for (CanonicalResource resource : bundle.resources()) {
            Identities.check(resource);
            byte[] bytes = CanonicalJson.write(resource.content(), resource.reference());
            if (bytes.length > settings.maxContentBytes()) {
                throw new CodedException(Issue.of(
                        CanonicalStoreError.CONTENT_TOO_LARGE,
                        resource.type(),
                        bytes.length + " bytes, at most " + settings.maxContentBytes()));
            }
            prepared.add(new PreparedBundle.Incoming(
                    resource.type(),
                    resource.id(),
                    resource.content(),
                    bytes,
                    CanonicalJson.hash(bytes),
                    resource.rule()));
        }
        return new PreparedBundle(bundle, prepared, recent);
    }

    /** Does what {@link org.tongmai.standards.canonical.CanonicalStore#upsert} says. */
    public List<List<ResourceVersion>> run(Connection transaction, List<PreparedBundle> batch) throws SQLException {
        Map<String, Working> resources = new LinkedHashMap<>();
        for (PreparedBundle bundle : batch) {
            for (PreparedBundle.Incoming next : bundle.resources()) {
                resources.computeIfAbsent(next.reference(), reference -> new Working(next.type(), next.id()));
            }
        }
        if (resources.isEmpty()) {
            return batch.stream().map(bundle -> List.<ResourceVersion>of()).toList();
        }
        UpsertStatements sql = new UpsertStatements(transaction);
        Instant now = sql.takeTurn(resources);
        recall(sql, resources.values());
        List<List<ResourceVersion>> versions = new ArrayList<>(batch.size());
        for (PreparedBundle bundle : batch) {
            versions.add(take(bundle, resources, now));
        }
        write(sql, resources.values(), now);
        remember(resources.values());
        return versions;
    }

    private static List<ResourceVersion> take(PreparedBundle bundle, Map<String, Working> resources, Instant now) {
        // A batch that is tried again begins anew.
        bundle.written().clear();
        List<ResourceVersion> versions = new ArrayList<>(bundle.resources().size());
        for (PreparedBundle.Incoming next : bundle.resources()) {
            Working working = resources.get(next.reference());
            int before = working.version;
            ResourceVersion version = working.take(next);
            if (version.version() != before) {
                bundle.written().add(new RecentVersions.Written(version, working.tree, working.content.length, now));
            }
            versions.add(version);
        }
        return versions;
    }

    /** Fills in stored contents where they are needed, from memory if the hash says that they are the same. */
    private void recall(UpsertStatements sql, Collection<Working> resources) throws SQLException {
        List<Working> unknown = new ArrayList<>();
        for (Working resource : resources) {
            if (!resource.isNew()) {
                ContentCache.Entry known = cache.find(resource.reference(), resource.hash);
                if (known != null) {
                    resource.content = known.content();
                    resource.unchangedBy = known.unchangedBy();
                } else {
                    unknown.add(resource);
                }
            }
        }
        if (!unknown.isEmpty()) {
            sql.selectContents(unknown);
        }
    }

    private void write(UpsertStatements sql, Collection<Working> resources, Instant now) throws SQLException {
        List<Working> changed =
                resources.stream().filter(each -> !each.written.isEmpty()).toList();
        if (changed.isEmpty()) {
            return;
        }
        IndexChanges index = new IndexChanges();
        for (Working resource : changed) {
            if (resource.isNew()) {
                resource.created = true;
                resource.rid = ids.next(sql);
            }
            index.add(resource.rid, entries(resource, resource.before), entries(resource, resource.tree));
        }
        sql.write(changed, index, now);
    }

    private IndexEntries entries(Working resource, ObjectNode content) {
        return content == null
                ? IndexEntries.none()
                : IndexEntries.of(resource.type, content, parameters, settings.zone());
    }

    private void remember(Collection<Working> resources) {
        for (Working resource : resources) {
            cache.put(
                    resource.reference(),
                    new ContentCache.Entry(resource.hash, resource.content, resource.unchangedBy));
        }
    }
}
