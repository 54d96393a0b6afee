package org.tongmai.routes.engine.bundle.deploy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Statements with parameters; a database that is away is a {@link DeployError#DATABASE_AWAY}. */
record Sql(DataSource dataSource) {
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    <T> List<T> list(Row<T> row, String sql, Object... values) {
        return run(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        });
    }

    void update(String sql, Object... values) {
        run(connection -> update(connection, sql, values));
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Everything or nothing. */
    <T> T transaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new CodedException(Issue.of(DeployError.DATABASE_AWAY, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }
}
