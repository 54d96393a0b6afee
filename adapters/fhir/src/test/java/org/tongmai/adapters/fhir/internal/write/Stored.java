package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;

/** A store in memory that finds by id; every search finds what it is told to find, which is nothing at first. */
final class Stored implements CanonicalSearch {
    private final Map<String, StoredResource> resources = new HashMap<>();
    private List<StoredResource> matches = List.of();

    /** Stores one as version 3. */
    StoredResource put(String json, Instant lastUpdated) {
        ObjectNode content = tree(json);
        String type = content.path("resourceType").asText();
        String id = content.path("id").asText();
        StoredResource stored = new StoredResource(
                new ResourceVersion(type, id, 3),
                lastUpdated,
                StoredResource.State.CURRENT,
                new CanonicalResource(type, id, content));
        resources.put(type + "/" + id, stored);
        return stored;
    }

    void searchesFind(StoredResource match) {
        matches = List.of(match);
    }

    static ObjectNode tree(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Optional<StoredResource> find(String type, String id) {
        return Optional.ofNullable(resources.get(type + "/" + id));
    }

    @Override
    public Optional<StoredResource> findVersion(ResourceVersion version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredResource> history(String type, String id, int before, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SearchPage search(SearchQuery query) {
        return new SearchPage(matches, List.of(), Optional.empty(), OptionalLong.empty());
    }

    @Override
    public SearchPage everything(EverythingQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SearchParameters parameters() {
        return SearchParameters.standard();
    }
}
