package org.tongmai.routes.engine.gateway.registry;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.NodeRules;
import org.tongmai.routes.engine.gateway.Publication;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The tables of publications and nodes. A database that is away is a {@link GatewayError#REGISTRY_AWAY}. */
final class RegistryTables {
    private static final Duration ALIVE = Duration.ofSeconds(10);
    private static final String ADD =
            """
            insert into gateway_publication (revision, digest, content, note, published_by, published_at)
            values (?, ?, ?, ?, ?, ?) on conflict (revision) do nothing""";
    private static final String SAY =
            """
            insert into gateway_node (node, revision, digest, applied_at, problem, domains, doors, state, seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, now())
            on conflict (node) do update set revision = excluded.revision, digest = excluded.digest,
              applied_at = excluded.applied_at, problem = excluded.problem, domains = excluded.domains,
              doors = excluded.doors, state = excluded.state, seen_at = now()""";

    private static final String CLEAR =
            """
            insert into gateway_cleared (service, epoch, cleared_by, cleared_at) values (?, 1, ?, now())
            on conflict (service) do update set epoch = gateway_cleared.epoch + 1,
              cleared_by = excluded.cleared_by, cleared_at = excluded.cleared_at""";

    private final Sql sql;

    RegistryTables(DataSource dataSource) {
        this.sql = new Sql(dataSource, GatewayError.REGISTRY_AWAY);
    }

    /** The highest revision; 0 when nothing was published. */
    long highest() {
        return sql.list(row -> row.getLong(1), "select coalesce(max(revision), 0) from gateway_publication")
                .get(0);
    }

    Optional<String> content(long revision) {
        return sql
                .list(row -> row.getString(1), "select content from gateway_publication where revision = ?", revision)
                .stream()
                .findFirst();
    }

    /** @throws CodedException {@link GatewayError#PUBLICATION_STALE} when the revision is there already */
    void add(Publication publication, String content) {
        int added = sql.update(
                ADD,
                publication.revision(),
                publication.digest(),
                content,
                publication.note(),
                publication.by(),
                Timestamp.from(publication.at()));
        if (added == 0) {
            throw new CodedException(
                    Issue.of(GatewayError.PUBLICATION_STALE, "", "revision " + publication.revision() + " is there"));
        }
    }

    /** The latest first. */
    List<Publication> publications(int most) {
        return sql.list(
                row -> new Publication(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()),
                "select revision, digest, note, published_by, published_at from gateway_publication"
                        + " order by revision desc limit ?",
                most);
    }

    /** Says what this node runs, and answers which nodes that take calls are alive. */
    List<LivingNodes.Node> say(NodeRules mine) {
        sql.update(
                SAY,
                mine.node(),
                mine.revision(),
                mine.digest(),
                Timestamp.from(mine.appliedAt()),
                mine.problem(),
                String.join(",", mine.domains()),
                mine.doors().stream().map(GatewayKind::name).collect(Collectors.joining(",")),
                mine.state().name());
        return sql.list(
                row -> new LivingNodes.Node(names(row.getString(1)), doors(row.getString(2))),
                "select domains, doors from gateway_node where seen_at > now() - make_interval(secs => ?)"
                        + " and state = 'ACTIVE'",
                ALIVE.toSeconds());
    }

    List<NodeRules> nodes() {
        return sql.list(
                row -> new NodeRules(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        names(row.getString(7)),
                        doors(row.getString(8)),
                        NodeRules.State.valueOf(row.getString(9))),
                "select node, revision, digest, applied_at, problem, seen_at, domains, doors, state from gateway_node"
                        + " order by node");
    }

    private static List<GatewayKind> doors(String text) {
        return names(text).stream().map(GatewayKind::valueOf).toList();
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /** Says to all nodes that kept answers of a service are to be forgotten. */
    void clear(String service, String by) {
        sql.update(CLEAR, service, by);
    }

    /** How often kept answers of each service were to be forgotten; of those that never were, nothing. */
    Map<String, Long> cleared() {
        return sql
                .list(row -> Map.entry(row.getString(1), row.getLong(2)), "select service, epoch from gateway_cleared")
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
