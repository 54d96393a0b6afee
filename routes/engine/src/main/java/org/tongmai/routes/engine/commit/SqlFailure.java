package org.tongmai.routes.engine.commit;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/** What a failed statement says about its cause, by SQLSTATE (PostgreSQL 18, appendix A). */
public enum SqlFailure {
    /** Connection, resources, shutdown, disk, read-only: says nothing about the data; the same may succeed later. */
    UNAVAILABLE,
    /** Two transactions in each other's way: the same succeeds when tried again at once. */
    CONFLICT,
    /** Something in the data. */
    DATA;

    public static SqlFailure of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null
                || state.length() < 2
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException) {
            return UNAVAILABLE;
        }
        return switch (state.substring(0, 2)) {
            case "40" -> CONFLICT;
            // 23514 is also "no partition for this row": a matter of the table, not of the row.
            case "23" -> "23514".equals(state) ? UNAVAILABLE : DATA;
            case "22", "21", "54", "P0" -> DATA;
            default -> UNAVAILABLE;
        };
    }
}
