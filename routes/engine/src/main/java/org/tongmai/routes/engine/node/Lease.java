package org.tongmai.routes.engine.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A named right that one node holds until a time. Whoever holds it renews it well before; a lease that ran out may be
 * taken by anybody. Times are the database's own, so clocks of nodes do not matter.
 */
public final class Lease {
    private static final String TAKE =
            """
            insert into lease as held (name, node, until) values (?, ?, now() + ? * interval '1 millisecond')
            on conflict (name) do update set node = excluded.node, until = excluded.until
            where held.node = excluded.node or held.until < now()""";
    private static final String RELEASE = "delete from lease where name = ? and node = ?";

    private final DataSource dataSource;
    private final String name;
    private final String node;

    /** @param node who asks: {@link NodeIdentity#holder()} */
    public Lease(DataSource dataSource, String name, String node) {
        this.dataSource = dataSource;
        this.name = name;
        this.node = node;
    }

    /** Takes or renews the lease. Answers whether this node holds it now, for the given time. */
    public boolean hold(Duration time) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, name);
            statement.setString(2, node);
            statement.setLong(3, time.toMillis());
            return statement.executeUpdate() == 1;
        }
    }

    /** Gives the lease back, so that another need not wait for its end. */
    public void release() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, name);
            statement.setString(2, node);
            statement.executeUpdate();
        }
    }
}
