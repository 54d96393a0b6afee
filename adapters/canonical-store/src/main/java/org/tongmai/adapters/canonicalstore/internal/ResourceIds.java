package org.tongmai.adapters.canonicalstore.internal;

import java.sql.SQLException;

/** Hands out numbers for new resources, taken from the database a block at a time. Gaps do no harm. */
final class ResourceIds {
    private static final int BLOCK = 1000;

    private long next;
    private long end;

    synchronized long next(UpsertStatements sql) throws SQLException {
        if (next == end) {
            next = sql.takeBlock();
            end = next + BLOCK;
        }
        return next++;
    }
}
