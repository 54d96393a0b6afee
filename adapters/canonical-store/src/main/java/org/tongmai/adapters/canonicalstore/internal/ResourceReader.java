package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads current and past versions. */
public final class ResourceReader {
    /** Columns that {@link #resource} reads. */
    static final String COLUMNS =
            "r.type, r.id, v.version, v.last_updated, r.deleted and v.version = r.version, v.content";

    private final DataSource dataSource;
    private final RecentVersions recent;

    public ResourceReader(DataSource dataSource, RecentVersions recent) {
        this.dataSource = dataSource;
        this.recent = recent;
    }

    /** Finds the current version, also of a deleted resource. */
    public Optional<StoredResource> find(String type, String id) {
        String sql = "select " + COLUMNS + " from canonical.resource r "
                + "join canonical.resource_version v on v.rid = r.rid and v.version = r.version "
                + "where r.type = ? and r.id = ?";
        return query(sql, select -> {
                    select.setString(1, type);
                    select.setString(2, id);
                })
                .stream()
                .findFirst();
    }

    /** Lists versions below {@code before}, newest first. */
    public List<StoredResource> history(ResourceVersion before, int count) {
        String sql =
                "select " + COLUMNS + " from canonical.resource r join canonical.resource_version v on v.rid = r.rid "
                        + "where r.type = ? and r.id = ? and v.version < ? order by v.version desc limit ?";
        return query(sql, select -> {
            select.setString(1, before.type());
            select.setString(2, before.id());
            select.setInt(3, before.version());
            select.setInt(4, count);
        });
    }

    /** Finds one version. */
    public Optional<StoredResource> findVersion(ResourceVersion version) {
        return stored(List.of(version)).stream().findFirst();
    }

    /** Reads many versions in one round trip, or in none when all were written lately. */
    public Map<ResourceVersion, CanonicalResource> readVersions(List<ResourceVersion> versions) {
        Map<ResourceVersion, CanonicalResource> found = new HashMap<>();
        List<ResourceVersion> others = new ArrayList<>();
        for (ResourceVersion version : versions) {
            CanonicalResource resource = recent.find(version);
            if (resource == null) {
                others.add(version);
            } else {
                found.put(version, resource);
            }
        }
        if (!others.isEmpty()) {
            stored(others).forEach(each -> found.put(each.version(), each.resource()));
        }
        return found;
    }

    /** Finds the current versions of many resources, given as {@code Type/id}; deleted ones are left out. */
    List<StoredResource> findAll(List<String> references) {
        String sql = "select " + COLUMNS
                + " from unnest(?::text[], ?::text[]) with ordinality as w(type, id, n) cross join lateral "
                + "(select * from canonical.resource s where s.type = w.type and s.id = w.id and "
                + "not s.deleted offset 0) r "
                + "join canonical.resource_version v on v.rid = r.rid and v.version = r.version order by w.n";
        return references.isEmpty()
                ? List.of()
                : query(sql, select -> {
                    Connection connection = select.getConnection();
                    select.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    references.stream()
                                            .map(each -> each.substring(0, each.indexOf('/')))
                                            .toArray()));
                    select.setArray(
                            2,
                            connection.createArrayOf(
                                    "text",
                                    references.stream()
                                            .map(each -> each.substring(each.indexOf('/') + 1))
                                            .toArray()));
                });
    }

    private List<StoredResource> stored(List<ResourceVersion> versions) {
        String sql = "select " + COLUMNS
                + " from unnest(?::text[], ?::text[], ?::integer[]) with ordinality as w(type, id, version, n) "
                + "cross join lateral (select * from canonical.resource s where s.type = w.type and "
                + "s.id = w.id offset 0) r "
                + "join canonical.resource_version v on v.rid = r.rid and v.version = w.version order by w.n";
        return query(sql, select -> {
            Connection connection = select.getConnection();
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", versions.stream().map(ResourceVersion::type).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", versions.stream().map(ResourceVersion::id).toArray()));
            select.setObject(
                    3, versions.stream().mapToInt(ResourceVersion::version).toArray());
        });
    }

    List<StoredResource> query(Sql sql, RowReader also) {
        return query(sql.text(), sql::bind, also);
    }

    private List<StoredResource> query(String sql, Binder binder) {
        return query(sql, binder, row -> {});
    }

    long count(Sql sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql.text())) {
            sql.bind(select);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private List<StoredResource> query(String sql, Binder binder, RowReader also) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            binder.bind(select);
            try (ResultSet rows = select.executeQuery()) {
                List<StoredResource> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(resource(rows));
                    also.read(rows);
                }
                return found;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    static CodedException unavailable(SQLException e) {
        // The cause's text may quote values, so only its state is told.
        return new CodedException(Issue.of(CanonicalStoreError.UNAVAILABLE, "", "SQL state " + e.getSQLState()));
    }

    private static StoredResource resource(ResultSet row) throws SQLException {
        String type = row.getString(1);
        String id = row.getString(2);
        int version = row.getInt(3);
        Instant lastUpdated = row.getObject(4, OffsetDateTime.class).toInstant();
        ObjectNode content = CanonicalJson.read(row.getBytes(6));
        CanonicalJson.stamp(content, version, lastUpdated);
        return new StoredResource(
                new ResourceVersion(type, id, version),
                lastUpdated,
                row.getBoolean(5) ? StoredResource.State.DELETED : StoredResource.State.CURRENT,
                new CanonicalResource(type, id, content));
    }

    /** Reads more of a row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Sets one parameter of a statement. */
    interface Value {
        void set(PreparedStatement statement, int index) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    interface Binder {
        void bind(PreparedStatement select) throws SQLException;
    }
}
