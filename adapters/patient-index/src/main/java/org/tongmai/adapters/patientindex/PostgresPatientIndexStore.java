package org.tongmai.adapters.patientindex;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;
import org.tongmai.adapters.patientindex.internal.IndexReader;
import org.tongmai.adapters.patientindex.internal.IndexWriter;
import org.tongmai.adapters.patientindex.internal.StoreFailure;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.PatientIndexStore;

/**
 * The patient index on PostgreSQL. Needs {@link PatientIndexSchema#migrate} first. Writers of all nodes take turns: one
 * advisory lock until the end of the transaction.
 */
public final class PostgresPatientIndexStore implements PatientIndexStore {
    /** Tells this lock from others; "MPI" in ASCII. */
    private static final long TURN = 0x4d5049;

    private final DataSource dataSource;

    public PostgresPatientIndexStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public <T> T write(Function<Writing, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                takeTurn(connection);
                T result = work.apply(new IndexWriter(connection));
                connection.commit();
                return result;
            } catch (RuntimeException | SQLException | Error e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(before);
            }
        } catch (SQLException e) {
            throw failure(e);
        } catch (StoreFailure e) {
            throw failure(e.sql());
        }
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.apply(new IndexReader(connection));
        } catch (SQLException e) {
            throw failure(e);
        } catch (StoreFailure e) {
            throw failure(e.sql());
        }
    }

    private static void takeTurn(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock(" + TURN + ")");
        }
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static CodedException failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean refused = state.startsWith("22") || state.startsWith("23");
        // The cause's text may quote values, so only its state is told.
        return new CodedException(Issue.of(
                refused ? PatientIndexStoreError.REFUSED : PatientIndexStoreError.UNAVAILABLE,
                "",
                "SQL state " + state));
    }
}
