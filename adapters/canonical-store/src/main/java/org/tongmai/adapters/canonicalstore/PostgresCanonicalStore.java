package org.tongmai.adapters.canonicalstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.adapters.canonicalstore.internal.IndexedParameters;
import org.tongmai.adapters.canonicalstore.internal.PreparedBundle;
import org.tongmai.adapters.canonicalstore.internal.RecentVersions;
import org.tongmai.adapters.canonicalstore.internal.ResourceChanges;
import org.tongmai.adapters.canonicalstore.internal.ResourceReader;
import org.tongmai.adapters.canonicalstore.internal.ResourceSearch;
import org.tongmai.adapters.canonicalstore.internal.Upsert;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalChanges;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The canonical store on PostgreSQL. Needs {@link CanonicalStoreSchema#migrate} first. Safe for many
 * threads and nodes.
 */
public final class PostgresCanonicalStore
        implements CanonicalStore, CanonicalRepository, CanonicalSearch, CanonicalChanges {
    private final Upsert upsert;
    private final ResourceReader reader;
    private final ResourceSearch search;
    private final ResourceChanges changes;

    public PostgresCanonicalStore(DataSource dataSource) {
        this(dataSource, CanonicalStoreSettings.defaults());
    }

    /** Reads the numbers of the search parameters from the database. */
    public PostgresCanonicalStore(DataSource dataSource, CanonicalStoreSettings settings) {
        IndexedParameters parameters;
        try (Connection connection = dataSource.getConnection()) {
            parameters = IndexedParameters.load(connection, SearchParameters.standard());
        } catch (SQLException e) {
            throw new CodedException(Issue.of(CanonicalStoreError.UNAVAILABLE, "", "SQL state " + e.getSQLState()), e);
        }
        RecentVersions recent = new RecentVersions(settings.recentBytes());
        this.upsert = new Upsert(parameters, settings, recent);
        this.reader = new ResourceReader(dataSource, recent);
        this.search = new ResourceSearch(reader, parameters);
        this.changes = new ResourceChanges(dataSource);
    }

    @Override
    public Prepared prepare(CanonicalBundle bundle) {
        return upsert.prepare(bundle);
    }

    /**
     * {@inheritDoc} The transaction must read committed data; it waits for its turn among the writers of
     * all nodes.
     */
    @Override
    public List<List<ResourceVersion>> upsert(Connection transaction, List<? extends Prepared> batch)
            throws SQLException {
        return upsert.run(
                transaction, batch.stream().map(PreparedBundle.class::cast).toList());
    }

    @Override
    public Optional<CanonicalResource> read(String type, String id) {
        return reader.find(type, id)
                .filter(found -> found.state() == StoredResource.State.CURRENT)
                .map(StoredResource::resource);
    }

    @Override
    public Optional<CanonicalResource> readVersion(ResourceVersion version) {
        return Optional.ofNullable(readVersions(List.of(version)).get(version));
    }

    @Override
    public Map<ResourceVersion, CanonicalResource> readVersions(List<ResourceVersion> versions) {
        return reader.readVersions(versions);
    }

    @Override
    public Optional<StoredResource> find(String type, String id) {
        return reader.find(type, id);
    }

    @Override
    public Optional<StoredResource> findVersion(ResourceVersion version) {
        return reader.findVersion(version);
    }

    @Override
    public List<StoredResource> history(String type, String id, int before, int count) {
        return reader.history(new ResourceVersion(type, id, before), count);
    }

    @Override
    public List<Change> changes(String type, Position after, int count) {
        return changes.list(type, after, count);
    }

    @Override
    public SearchPage search(SearchQuery query) {
        return search.search(query);
    }

    @Override
    public SearchPage everything(EverythingQuery query) {
        return search.everything(query);
    }

    @Override
    public SearchParameters parameters() {
        return search.parameters();
    }
}
