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
import java.util.UUID;
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
    private static final String SERIALIZATION_FAILURE = "40001";

    private final IndexedParameters parameters;
    private final CanonicalStoreSettings settings;
    private final ContentCache cache;
    private final ResourceIds ids = new ResourceIds();
    private final RecentVersions recent;
    private final UUID store = UUID.randomUUID();

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
            UUID digest = CanonicalJson.hash(bytes);
            prepared.add(new PreparedBundle.Incoming(resource, bytes, digest, lay(resource, digest)));
        }
        return new PreparedBundle(bundle, prepared, recent);
    }

    /** Lays it over what is in force now, as far as that is in memory: most likely it will be when the turn comes. */
    private Laid lay(CanonicalResource resource, UUID digest) {
        ContentCache.Entry entry = cache.inForce(resource.reference());
        return entry == null || !Laid.isNeeded(resource.rule().mode(), digest, entry.unchangedBy())
                ? null
                : Laid.over(new Laid.Stored(entry.content(), entry.hash()), null, resource);
    }

    /** Does what {@link org.tongmai.standards.canonical.CanonicalStore#upsert} says. */
    public List<List<ResourceVersion>> run(Connection transaction, List<PreparedBundle> batch) throws SQLException {
        Map<String, Working> resources = new LinkedHashMap<>();
        for (PreparedBundle bundle : batch) {
            for (PreparedBundle.Incoming next : bundle.resources()) {
                resources.computeIfAbsent(next.reference(), reference -> new Working(next.resource()));
            }
        }
        if (resources.isEmpty()) {
            return batch.stream().map(bundle -> List.<ResourceVersion>of()).toList();
        }
        UpsertStatements sql = new UpsertStatements(transaction);
        UpsertStatements.Begun begun = sql.takeTurn(unknown(resources.values()));
        long turn = cache.begin(begun.last());
        recall(sql, resources.values());
        Instant now = begun.now();
        List<List<ResourceVersion>> versions = new ArrayList<>(batch.size());
        for (PreparedBundle bundle : batch) {
            versions.add(take(bundle, resources, now));
        }
        cache.keep(turn, write(sql, resources.values(), begun), entries(resources.values()));
        return versions;
    }

    /** What has to be looked up, as far as that can be said before the turn. */
    private List<Working> unknown(Collection<Working> resources) {
        List<Working> unknown = resources.stream()
                .filter(each -> cache.inForce(each.reference()) == null)
                .toList();
        unknown.forEach(each -> each.lookedUp = true);
        return unknown;
    }

    /** Fills in what is known to be in force still; looks up what turns out not to be: somebody else wrote meanwhile. */
    private void recall(UpsertStatements sql, Collection<Working> resources) throws SQLException {
        List<Working> missed = new ArrayList<>();
        for (Working resource : resources) {
            ContentCache.Entry entry = resource.lookedUp ? null : cache.inForce(resource.reference());
            if (entry != null) {
                resource.stored(entry);
            } else if (!resource.lookedUp) {
                resource.lookedUp = true;
                missed.add(resource);
            }
        }
        if (!missed.isEmpty()) {
            sql.lookUp(missed);
        }
        recallContents(sql, resources);
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

    /** Fills in contents of what was looked up, from memory if the hash says that they are the same. */
    private void recallContents(UpsertStatements sql, Collection<Working> resources) throws SQLException {
        List<Working> unknown = new ArrayList<>();
        for (Working resource : resources) {
            if (resource.lookedUp && !resource.isNew()) {
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

    /** Writes what changed; answers the turn that is the last one then. */
    private ContentCache.Turn write(UpsertStatements sql, Collection<Working> resources, UpsertStatements.Begun begun)
            throws SQLException {
        List<Working> changed =
                resources.stream().filter(each -> !each.written.isEmpty()).toList();
        if (changed.isEmpty()) {
            return begun.last();
        }
        IndexChanges index = new IndexChanges();
        for (Working resource : changed) {
            if (resource.isNew()) {
                resource.created = true;
                resource.rid = ids.next(sql);
            }
            index.add(
                    resource.rid,
                    entries(resource.type, resource.before, resource.tree),
                    entries(resource.type, resource.tree, resource.before));
        }
        ContentCache.Turn turn = new ContentCache.Turn(store, begun.last().number() + 1);
        if (!sql.write(changed, index, begun.now(), turn)) {
            // Somebody took rows away without a turn: when it is tried again, everything is looked up.
            cache.begin(ContentCache.Turn.NONE);
            throw new SQLException("found: a resource that is gone", SERIALIZATION_FAILURE);
        }
        return turn;
    }

    /** What the index holds for a content, as far as it may differ from what it holds for the other one. */
    private IndexEntries entries(String type, ObjectNode content, ObjectNode other) {
        return content == null
                ? IndexEntries.none()
                : IndexEntries.of(content, parameters.differing(type, content, other), settings.zone());
    }

    private static Map<String, ContentCache.Entry> entries(Collection<Working> resources) {
        Map<String, ContentCache.Entry> entries = new LinkedHashMap<>();
        for (Working each : resources) {
            entries.put(
                    each.reference(),
                    new ContentCache.Entry(each.rid, each.version, each.hash, each.content, each.unchangedBy));
        }
        return entries;
    }
}
