package org.tongmai.routes.engine.gateway.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.Publication;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The tables of publications and nodes. A database that is away is a {@link GatewayError#REGISTRY_AWAY}. */
final class RegistryTables {
    private static final String DUPLICATE_KEY = "23505";
    private static final Duration ALIVE = Duration.ofSeconds(10);

    private final DataSource dataSource;

    RegistryTables(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    static void migrate(DataSource dataSource) {
        Flyway.configure(RegistryTables.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/gateway")
                .table("gateway_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new CodedException(Issue.of(GatewayError.REGISTRY_AWAY, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }

    /** The highest revision; 0 when nothing was published. */
    long highest() {
        return run(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select coalesce(max(revision), 0) from gateway_publication")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    Optional<String> content(long revision) {
        return run(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select content from gateway_publication where revision = ?")) {
                statement.setLong(1, revision);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /** @throws CodedException {@link GatewayError#PUBLICATION_STALE} when the revision is there already */
    void add(Publication publication, String content) {
        run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into gateway_publication (revision, digest, content, note, published_by, published_at) "
                            + "values (?, ?, ?, ?, ?, ?)")) {
                statement.setLong(1, publication.revision());
                statement.setString(2, publication.digest());
                statement.setString(3, content);
                statement.setString(4, publication.note());
                statement.setString(5, publication.by());
                statement.setTimestamp(6, Timestamp.from(publication.at()));
                return statement.executeUpdate();
            } catch (SQLException e) {
                if (DUPLICATE_KEY.equals(e.getSQLState())) {
                    throw new CodedException(
                            Issue.of(
                                    GatewayError.PUBLICATION_STALE,
                                    "",
                                    "revision " + publication.revision() + " is there"),
                            e);
                }
                throw e;
            }
        });
    }

    /** The latest first. */
    List<Publication> publications(int most) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select revision, digest, note, published_by, published_at from gateway_publication "
                            + "order by revision desc limit ?")) {
                statement.setInt(1, most);
                List<Publication> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(new Publication(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getTimestamp(5).toInstant()));
                    }
                }
                return found;
            }
        });
    }

    /** Says what this node runs, and answers how many nodes are alive. */
    int say(NodeRules mine) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into gateway_node (node, revision, digest, applied_at, problem, seen_at) "
                            + "values (?, ?, ?, ?, ?, now()) on conflict (node) do update set revision = excluded.revision, "
                            + "digest = excluded.digest, applied_at = excluded.applied_at, problem = excluded.problem, "
                            + "seen_at = now()")) {
                statement.setString(1, mine.node());
                statement.setLong(2, mine.revision());
                statement.setString(3, mine.digest());
                statement.setTimestamp(4, Timestamp.from(mine.appliedAt()));
                statement.setString(5, mine.problem());
                statement.executeUpdate();
            }
            try (PreparedStatement alive = connection.prepareStatement(
                    "select count(*) from gateway_node where seen_at > now() - make_interval(secs => ?)")) {
                alive.setLong(1, ALIVE.toSeconds());
                try (ResultSet row = alive.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    List<NodeRules> nodes() {
        return run(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select node, revision, digest, applied_at, problem, seen_at from gateway_node order by node")) {
                List<NodeRules> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new NodeRules(
                            row.getString(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getTimestamp(4).toInstant(),
                            row.getString(5),
                            row.getTimestamp(6).toInstant()));
                }
                return found;
            }
        });
    }
}
