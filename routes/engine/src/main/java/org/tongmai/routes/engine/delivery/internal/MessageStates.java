package org.tongmai.routes.engine.delivery.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.tongmai.routes.engine.database.AdvisoryLock;

/** Moves a message's state with the states of its deliveries. Only under {@link AdvisoryLock#MESSAGE_STATES}. */
final class MessageStates {
    private static final String UNFINISHED =
            "select message_id from delivery where received_on = ? and message_id = any(?) and state in (1, 2, 4)";
    private static final String PARKED =
            "select message_id from delivery where received_on = ? and message_id = any(?) and state = 4";
    private static final String FINISH =
            "update message set state = 4, error_code = null where received_on = ? and id = any(?) and state in (3, 6)";
    private static final String REOPEN =
            "update message set state = 3, error_code = null where received_on = ? and id = any(?) and state = 6";

    private MessageStates() {}

    /** Marks those with no delivery left to make or to repair as delivered; answers how many. */
    static int finish(Connection transaction, LocalDate day, long[] ids) throws SQLException {
        return moveWithout(transaction, UNFINISHED, FINISH, day, ids);
    }

    /** Marks those with no parked delivery left as stored again; answers how many. */
    static int reopen(Connection transaction, LocalDate day, long[] ids) throws SQLException {
        return moveWithout(transaction, PARKED, REOPEN, day, ids);
    }

    /** Two plain look-ups by key instead of one anti-join: a planner without statistics can not get them wrong. */
    private static int moveWithout(Connection transaction, String except, String move, LocalDate day, long[] ids)
            throws SQLException {
        Set<Long> kept = new HashSet<>();
        try (PreparedStatement statement = transaction.prepareStatement(except)) {
            bind(transaction, statement, day, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    kept.add(rows.getLong(1));
                }
            }
        }
        long[] moved = kept.isEmpty()
                ? ids
                : Arrays.stream(ids).filter(id -> !kept.contains(id)).toArray();
        if (moved.length == 0) {
            return 0;
        }
        try (PreparedStatement statement = transaction.prepareStatement(move)) {
            bind(transaction, statement, day, moved);
            return statement.executeUpdate();
        }
    }

    private static void bind(Connection transaction, PreparedStatement statement, LocalDate day, long[] ids)
            throws SQLException {
        statement.setObject(1, day);
        statement.setArray(2, array(transaction, ids));
    }

    static Array array(Connection transaction, long[] ids) throws SQLException {
        return transaction.createArrayOf("bigint", Arrays.stream(ids).boxed().toArray());
    }
}
