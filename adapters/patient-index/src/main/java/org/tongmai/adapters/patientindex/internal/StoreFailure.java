package org.tongmai.adapters.patientindex.internal;

import java.sql.SQLException;

/** Carries a failure of the database out of work that only knows the interfaces; never leaves this adapter. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SQLException sql;

    StoreFailure(SQLException sql) {
        super("SQL state " + sql.getSQLState());
        this.sql = sql;
    }

    public SQLException sql() {
        return sql;
    }
}
