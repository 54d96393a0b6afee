package org.tongmai.routes.engine.bundle.deploy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.RouteBundle.Decided;
import org.tongmai.routes.engine.bundle.RouteBundle.Node;
import org.tongmai.routes.engine.bundle.RouteBundle.Release;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Releases, what is desired, the ledger, and what the nodes say. */
final class BundleTables {
    private static final String DESIRED =
            "select instance, bundle, tenant, state, stable, coalesce(canary, ''), rule, generation from bundle_instance";
    private static final String INSERT =
            """
            insert into bundle_instance (instance, bundle, tenant, state, stable, canary, rule, generation)
            values (?, ?, ?, ?, ?, nullif(?, ''), ?, ?) on conflict do nothing""";
    private static final String UPDATE =
            """
            update bundle_instance set state = ?, stable = ?, canary = nullif(?, ''), rule = ?, generation = ?
            where instance = ? and generation = ?""";
    private static final String LEDGER =
            """
            insert into bundle_ledger (instance, generation, decision, decided_by, node, state_from, state_to,
              digest_from, digest_to, figures) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String RELEASE =
            """
            insert into bundle_release (digest, bundle, version, title, author, content) values (?, ?, ?, ?, ?, ?)
            on conflict (digest) do nothing""";
    private static final String BEFORE =
            """
            select digest_from from bundle_ledger where instance = ? and digest_to = ?
            and decision in ('DEPLOY', 'PROMOTE') and digest_from not in ('', digest_to) order by id desc limit 1""";
    private static final String NODE =
            """
            insert into bundle_node as n (node, instance, generation, condition, stable, canary, issues, at)
            values (?, ?, ?, ?, ?, ?, ?, now())
            on conflict (node, instance) do update set generation = excluded.generation, at = now(),
              condition = excluded.condition, stable = excluded.stable, canary = excluded.canary,
              issues = excluded.issues""";

    private static final String GONE_INSTANCES =
            """
            delete from bundle_instance i where state = ? and (
              select max(at) from bundle_ledger where instance = i.instance) < now() - interval '90 days'""";
    private static final String GONE_NODES =
            """
            delete from bundle_node n where at < now() - interval '1 day'
            or not exists (select from bundle_instance where instance = n.instance)""";

    private final Sql sql;
    private final String node;

    BundleTables(DataSource dataSource, String node) {
        this.sql = new Sql(dataSource, DeployError.DATABASE_AWAY);
        this.node = node;
    }

    List<Desired> desired() {
        return sql.list(BundleTables::desired, DESIRED + " order by instance");
    }

    Optional<Desired> desired(String instance) {
        return sql.list(BundleTables::desired, DESIRED + " where instance = ?", instance).stream()
                .findFirst();
    }

    private static Desired desired(ResultSet row) throws SQLException {
        return new Desired(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                BundleState.valueOf(row.getString(4)),
                row.getString(5),
                row.getString(6),
                Json.read(row.getString(7), CanaryRule.class),
                row.getLong(8));
    }

    /** The files of a release. */
    SignedArchive archive(String digest) {
        return sql.list(row -> row.getBytes(1), "select content from bundle_release where digest = ?", digest).stream()
                .map(BundleZip::read)
                .findFirst()
                .orElseThrow(() -> new CodedException(Issue.of(BundleError.BUNDLE_UNKNOWN, digest, "")));
    }

    /** The digests of all releases. */
    Set<String> digests() {
        return Set.copyOf(sql.list(row -> row.getString(1), "select digest from bundle_release"));
    }

    List<Release> releases(String bundle) {
        return sql.list(
                row -> new Release(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()),
                "select bundle, version, digest, author, taken_at from bundle_release where bundle = ?"
                        + " order by taken_at desc, digest",
                bundle);
    }

    /** Version and title of every release in use, by digest. */
    Map<String, List<String>> titles() {
        return sql
                .list(
                        row -> List.of(row.getString(1), row.getString(2), row.getString(3)),
                        "select digest, version, title from bundle_release r where exists (select from bundle_instance"
                                + " where stable = r.digest or canary = r.digest)")
                .stream()
                .collect(Collectors.toMap(each -> each.get(0), each -> each.subList(1, 3)));
    }

    /** The stable digest before this one was deployed or promoted. */
    Optional<String> before(String instance, String stable) {
        return sql.list(row -> row.getString(1), BEFORE, instance, stable).stream()
                .findFirst();
    }

    List<Decided> ledger(String instance, int limit) {
        return sql.list(
                row -> new Decided(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getLong(3),
                        BundleDecision.valueOf(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        BundleState.valueOf(row.getString(7)),
                        BundleState.valueOf(row.getString(8)),
                        row.getString(9),
                        row.getString(10),
                        Json.texts(row.getString(11))),
                "select at, instance, generation, decision, decided_by, node, state_from, state_to, digest_from,"
                        + " digest_to, figures from bundle_ledger where instance = ? order by id desc limit ?",
                instance,
                limit);
    }

    /**
     * Writes the decisions, the ledger and the release they are about in one transaction.
     *
     * @param taken the release, or null where it is there
     * @throws CodedException {@link DeployError#GENERATION_CHANGED}, {@link DeployError#VERSION_TAKEN}
     */
    void decide(List<Change> changes, Taken taken) {
        decide(changes, connection -> take(connection, taken));
    }

    /** Writes the decisions and the ledger, and what is to be written with them, in one transaction. */
    <T> void decide(List<Change> changes, Sql.Work<T> with) {
        sql.transaction(connection -> {
            with.with(connection);
            for (Change change : changes) {
                write(connection, change);
            }
            return changes;
        });
    }

    /** Keeps a release, unless it is there. */
    Taken take(Connection connection, Taken taken) throws SQLException {
        String bundle = taken.signed().archive().id();
        String digest = taken.signed().archive().digest();
        AdvisoryLock.RELEASES.take(connection, bundle);
        if (taken.versionsAreFinal()) {
            List<String> others = Sql.list(
                    connection,
                    row -> row.getString(1),
                    "select digest from bundle_release where bundle = ? and version = ? and digest <> ?",
                    bundle,
                    taken.version(),
                    digest);
            if (!others.isEmpty()) {
                throw new CodedException(
                        Issue.of(DeployError.VERSION_TAKEN, bundle + " " + taken.version(), "digest " + others.get(0)));
            }
        }
        byte[] zip = BundleZip.write(taken.signed().archive(), taken.signed().signature());
        Sql.update(connection, RELEASE, digest, bundle, taken.version(), taken.title(), taken.author(), zip);
        return taken;
    }

    /** How many instances a tenant has, in the transaction. */
    int instancesOf(Connection connection, String tenant) throws SQLException {
        return Sql.list(
                        connection,
                        row -> row.getInt(1),
                        "select count(*) from bundle_instance where tenant = ?",
                        tenant)
                .get(0);
    }

    private void write(Connection connection, Change change) throws SQLException {
        Desired before = change.before();
        int written = before.state() == BundleState.ABSENT
                ? insert(connection, change.after())
                : update(connection, before, change.after());
        if (written != 1) {
            throw new CodedException(Issue.of(
                    DeployError.GENERATION_CHANGED, before.instance(), "expected generation " + before.generation()));
        }
        Sql.update(
                connection,
                LEDGER,
                before.instance(),
                change.after().generation(),
                change.decision().name(),
                change.by(),
                node,
                before.state().name(),
                change.after().state().name(),
                before.stable(),
                change.digestTo(),
                Json.write(change.figures()));
    }

    private static int insert(Connection connection, Desired row) throws SQLException {
        return Sql.update(
                connection,
                INSERT,
                row.instance(),
                row.bundle(),
                row.tenant(),
                row.state().name(),
                row.stable(),
                row.canary(),
                Json.write(row.rule()),
                row.generation());
    }

    private static int update(Connection connection, Desired before, Desired after) throws SQLException {
        return Sql.update(
                connection,
                UPDATE,
                after.state().name(),
                after.stable(),
                after.canary(),
                Json.write(after.rule()),
                after.generation(),
                before.instance(),
                before.generation());
    }

    /** The newest generation the ledger has of an instance; 0 when there never was one. */
    long lastGeneration(String instance) {
        return sql.list(
                        row -> row.getLong(1),
                        "select coalesce(max(generation), 0) from bundle_ledger where instance = ?",
                        instance)
                .get(0);
    }

    /** What nobody looks for any more: nodes that said nothing for a day, instances retired for a quarter of a year. */
    void forgetWhatIsGone() {
        sql.update(GONE_INSTANCES, BundleState.RETIRED.name());
        sql.update(GONE_NODES);
    }

    /** Says what this node runs, by instance. */
    void say(Map<String, Seen> news) {
        sql.transaction(connection -> {
            for (Map.Entry<String, Seen> each : news.entrySet()) {
                Seen seen = each.getValue();
                String issues = seen.issues().stream().map(Issue::text).collect(Collectors.joining("\n"));
                Sql.update(
                        connection,
                        NODE,
                        node,
                        each.getKey(),
                        seen.generation(),
                        seen.condition().name(),
                        seen.stable(),
                        seen.canary(),
                        issues);
            }
            return news;
        });
    }

    /** What the nodes said, by instance. */
    Map<String, List<Node>> nodes() {
        record Said(String instance, Node node) {}
        return sql
                .list(
                        row -> new Said(
                                row.getString(2),
                                new Node(
                                        row.getString(1),
                                        row.getLong(3),
                                        RunCondition.valueOf(row.getString(4)),
                                        row.getString(5),
                                        row.getString(6),
                                        row.getString(7).lines().toList(),
                                        row.getTimestamp(8).toInstant())),
                        "select node, instance, generation, condition, stable, canary, issues, at from bundle_node"
                                + " order by instance, node")
                .stream()
                .collect(Collectors.groupingBy(Said::instance, Collectors.mapping(Said::node, Collectors.toList())));
    }

    /**
     * A release to be kept.
     *
     * @param author who signed it, empty for nobody
     * @param versionsAreFinal whether one version may have one digest only
     */
    record Taken(SignedArchive signed, String version, String title, String author, boolean versionsAreFinal) {}
}
