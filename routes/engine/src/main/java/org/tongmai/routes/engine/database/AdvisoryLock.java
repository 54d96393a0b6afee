package org.tongmai.routes.engine.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What only one transaction of all nodes does at a time. PostgreSQL knows these locks by number, so they are counted in one
 * place. The numbers are those of one version of the platform: an upgrade stops all nodes before the first one starts anew.
 */
public enum AdvisoryLock {
    /** A node takes its number. */
    NODES,
    /** Days of the journal are made. */
    JOURNAL_DAYS,
    /** States of messages change with those of their deliveries. */
    MESSAGE_STATES,
    /** Days of the audit log are made and dropped. */
    AUDIT_DAYS,
    /** Slots of the ledger of nonces are made. */
    NONCE_SLOTS,
    /** Releases of one bundle are taken in: two of one version would not see each other. */
    RELEASES;

    private static final int FIRST = 7_466_101;

    /** Waits for it; it is held until the transaction ends. */
    public void take(Connection transaction) throws SQLException {
        Sql.list(transaction, row -> row.getString(1), "select pg_advisory_xact_lock(?)", (long) FIRST + ordinal());
    }

    /** Waits for that of one name, which PostgreSQL tells from locks without one; it is held until the transaction ends. */
    public void take(Connection transaction, String name) throws SQLException {
        Sql.list(
                transaction,
                row -> row.getString(1),
                "select pg_advisory_xact_lock(?, hashtext(?))",
                FIRST + ordinal(),
                name);
    }
}
