package org.tongmai.routes.engine.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalStore;
import org.tongmai.standards.canonical.ResourceVersion;

/** The smallest canonical store that is one: a table of versions. */
public final class TableStore implements CanonicalStore {
    public static final String TABLE =
            "create table stored (type text, id text, version int, content text, primary key (type, id))";
    private static final String UPSERT =
            """
            insert into stored values (?, ?, 1, ?)
            on conflict (type, id) do update set version = stored.version + 1, content = excluded.content
            returning version""";

    @Override
    public Prepared prepare(CanonicalBundle bundle) {
        return () -> bundle;
    }

    @Override
    public List<List<ResourceVersion>> upsert(Connection transaction, List<? extends Prepared> batch)
            throws SQLException {
        List<List<ResourceVersion>> answer = new ArrayList<>();
        try (PreparedStatement statement = transaction.prepareStatement(UPSERT)) {
            for (Prepared prepared : batch) {
                List<ResourceVersion> versions = new ArrayList<>();
                for (CanonicalResource resource : prepared.bundle().resources()) {
                    statement.setString(1, resource.type());
                    statement.setString(2, resource.id());
                    statement.setString(3, resource.content().toString());
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        versions.add(new ResourceVersion(resource.type(), resource.id(), row.getInt(1)));
                    }
                }
                answer.add(versions);
            }
        }
        return answer;
    }
}
