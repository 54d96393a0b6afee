package org.tongmai.adapters.canonicalstore.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.standards.canonical.CanonicalChanges.Change;
import org.tongmai.standards.canonical.CanonicalChanges.Position;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.StoredResource;

/** Lists what changed, from the index over times of versions, without reading contents. */
public final class ResourceChanges {
    private static final String SELECT =
            """
            select r.id, r.version, r.deleted, a.last_updated, a.rid from canonical.resource_version a
            join canonical.resource r on r.rid = a.rid and r.version = a.version
            where a.type = ? and (a.last_updated, a.rid) > (?, ?) order by a.last_updated, a.rid limit ?""";

    private final DataSource dataSource;

    public ResourceChanges(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Lists current versions after the position. */
    public List<Change> list(String type, Position after, int count) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, type);
            select.setObject(2, after.lastUpdated().atOffset(ZoneOffset.UTC));
            select.setLong(3, after.number());
            select.setInt(4, count);
            try (ResultSet rows = select.executeQuery()) {
                List<Change> changes = new ArrayList<>();
                while (rows.next()) {
                    changes.add(change(type, rows));
                }
                return changes;
            }
        } catch (SQLException e) {
            throw ResourceReader.unavailable(e);
        }
    }

    private static Change change(String type, ResultSet row) throws SQLException {
        return new Change(
                new ResourceVersion(type, row.getString(1), row.getInt(2)),
                row.getBoolean(3) ? StoredResource.State.DELETED : StoredResource.State.CURRENT,
                new Position(row.getObject(4, OffsetDateTime.class).toInstant(), row.getLong(5)));
    }
}
