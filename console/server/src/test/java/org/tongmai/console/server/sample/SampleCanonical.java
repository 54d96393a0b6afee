package org.tongmai.console.server.sample;

import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;

/** Stands where the canonical store stands; what is searched for is judged by type alone. */
final class SampleCanonical implements CanonicalStore, CanonicalSearch {
    private final Map<String, StoredResource> kept = new LinkedHashMap<>();

    @Override
    public Prepared prepare(CanonicalBundle bundle) {
        return () -> bundle;
    }

    @Override
    public synchronized List<List<ResourceVersion>> upsert(Connection transaction, List<? extends Prepared> batch) {
        for (Prepared prepared : batch) {
            for (CanonicalResource resource : prepared.bundle().resources()) {
                ResourceVersion version = new ResourceVersion(resource.type(), resource.id(), 1);
                kept.put(
                        resource.reference(),
                        new StoredResource(version, Instant.EPOCH, StoredResource.State.CURRENT, resource));
            }
        }
        return List.of();
    }

    @Override
    public synchronized Optional<StoredResource> find(String type, String id) {
        return Optional.ofNullable(kept.get(type + "/" + id));
    }

    @Override
    public Optional<StoredResource> findVersion(ResourceVersion version) {
        return find(version.type(), version.id());
    }

    @Override
    public List<StoredResource> history(String type, String id, int before, int count) {
        return find(type, id).stream().toList();
    }

    @Override
    public synchronized SearchPage search(SearchQuery query) {
        List<StoredResource> found = kept.values().stream()
                .filter(stored -> stored.version().type().equals(query.type()))
                .toList();
        return new SearchPage(found, List.of(), Optional.empty(), OptionalLong.empty());
    }

    @Override
    public SearchPage everything(EverythingQuery query) {
        return new SearchPage(List.of(), List.of(), Optional.empty(), OptionalLong.empty());
    }

    @Override
    public SearchParameters parameters() {
        return SearchParameters.standard();
    }
}
