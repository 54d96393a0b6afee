package org.tongmai.routes.engine.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.AdvisoryLock;
import org.tongmai.routes.engine.database.Sql;

/** The table of nodes: registers this one, beats its heart, names the dead. Times are the database's own. */
public final class Nodes {
    private static final String REJOIN =
            """
            update node set run = ?, started_at = now(), heartbeat_at = now() where name = ? returning number""";
    private static final String TAKE_FREE =
            """
            insert into node (name, number, run, started_at, heartbeat_at)
            select ?, n, ?, now(), now() from generate_series(0, 63) n
            where not exists (select from node where number = n) order by n limit 1 returning number""";
    private static final String TAKE_DEAD =
            """
            delete from node where name = (
              select name from node n where heartbeat_at < now() - ? * interval '1 millisecond'
              and not exists (select from message m where m.node = n.name and m.attention in (1, 2))
              order by heartbeat_at limit 1)""";
    private static final String TAKE_LEASES = "delete from lease where starts_with(node, ? || '/')";
    private static final String BEAT = "update node set heartbeat_at = now() where name = ? and run = ?";
    private static final String DEAD =
            """
            select name from node where name <> ? and heartbeat_at < now() - ? * interval '1 millisecond'""";

    private final DataSource dataSource;
    private final NodeIdentity self;
    private final Duration lease;

    /** @param lease how old a heartbeat may be before its node counts as dead */
    public Nodes(DataSource dataSource, NodeIdentity self, Duration lease) {
        this.dataSource = dataSource;
        this.self = self;
        this.lease = lease;
    }

    /**
     * Registers this run and fences older runs of the same name. An older run is usually dead, so its leases are free at
     * once; should it live, it learns of it when it next renews one.
     *
     * @return the node's number, 0 to 63, or -1 when all are taken by living nodes
     */
    public int join() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.transaction(connection, this::number);
        }
    }

    private int number(Connection transaction) throws SQLException {
        AdvisoryLock.NODES.take(transaction);
        Sql.update(transaction, TAKE_LEASES, self.name());
        int number = numberFrom(transaction, REJOIN, self.run(), self.name());
        if (number < 0) {
            number = numberFrom(transaction, TAKE_FREE, self.name(), self.run());
        }
        if (number < 0 && Sql.update(transaction, TAKE_DEAD, lease.toMillis() * 4) > 0) {
            number = numberFrom(transaction, TAKE_FREE, self.name(), self.run());
        }
        return number;
    }

    /** Tells that this run lives. Answers false when a newer run has taken the name. */
    public boolean beat() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean alive = Sql.update(connection, BEAT, self.name(), self.run()) == 1;
            if (alive) {
                self.pulse().beaten(lease);
            } else {
                self.pulse().fence();
            }
            return alive;
        }
    }

    /** Names of nodes whose heart has not beaten for the lease time. */
    public List<String> dead() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.list(connection, row -> row.getString(1), DEAD, self.name(), lease.toMillis());
        }
    }

    private static int numberFrom(Connection connection, String sql, Object first, Object second) throws SQLException {
        return Sql.list(connection, row -> row.getInt(1), sql, first, second).stream()
                .findFirst()
                .orElse(-1);
    }
}
