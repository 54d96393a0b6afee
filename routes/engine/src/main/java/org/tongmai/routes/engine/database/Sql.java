package org.tongmai.routes.engine.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/**
 * Statements with parameters. On a connection of somebody else's they fail with what the driver says.
 *
 * @param dataSource where a statement gets a connection of its own
 * @param away what a failure of the database is then
 */
public record Sql(DataSource dataSource, ErrorCode away) {
    /** Reads one row. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done on one connection. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    public <T> List<T> list(Row<T> row, String sql, Object... values) {
        return run(connection -> list(connection, row, sql, values));
    }

    public static <T> List<T> list(Connection connection, Row<T> row, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /** Answers how many rows were changed. */
    public int update(String sql, Object... values) {
        return run(connection -> update(connection, sql, values));
    }

    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Everything or nothing. */
    public <T> T transaction(Work<T> work) {
        return run(connection -> transaction(connection, work));
    }

    /** Everything or nothing, whatever fails; the connection commits by itself before and after. */
    public static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.with(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    public static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
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
            throw new CodedException(Issue.of(away, "", "SQLSTATE " + e.getSQLState()), e);
        }
    }
}
