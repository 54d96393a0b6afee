package org.tongmai.routes.engine.bundle.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;

/** A canonical store in which nothing is yet: what a sandbox without a platform finds. */
public final class NothingStored implements CanonicalSearch {
    private static final SearchPage NOTHING =
            new SearchPage(List.of(), List.of(), Optional.empty(), OptionalLong.of(0));

    private final SearchParameters parameters = SearchParameters.standard();

    @Override
    public Optional<StoredResource> find(String type, String id) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredResource> findVersion(ResourceVersion version) {
        return Optional.empty();
    }

    @Override
    public List<StoredResource> history(String type, String id, int before, int count) {
        return List.of();
    }

    @Override
    public SearchPage search(SearchQuery query) {
        return NOTHING;
    }

    @Override
    public SearchPage everything(EverythingQuery query) {
        return NOTHING;
    }

    @Override
    public SearchParameters parameters() {
        return parameters;
    }
}
