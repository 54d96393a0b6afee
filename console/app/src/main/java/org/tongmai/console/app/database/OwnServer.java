package org.tongmai.console.app.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Your own PostgreSQL, asked once before anything is built on it, so that the start says what is wrong with it. */
public final class OwnServer {
    private OwnServer() {}

    /** @throws CodedException {@link AppError#DATABASE_NOT_USABLE} with the SQLSTATE and the server's reason */
    public static void check(String url, String user, String password) {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("loginTimeout", "10");
        try (Connection connection = DriverManager.getConnection(url, login)) {
            if (!connection.isValid(10)) {
                throw new SQLException("no answer", "08006");
            }
        } catch (SQLException e) {
            String reason = e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
            throw new CodedException(
                    Issue.of(
                            AppError.DATABASE_NOT_USABLE,
                            "tongmai.database.url",
                            "SQLSTATE " + e.getSQLState() + ": " + reason),
                    e);
        }
    }
}
