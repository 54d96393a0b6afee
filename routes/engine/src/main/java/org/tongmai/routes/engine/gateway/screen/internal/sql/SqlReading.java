package org.tongmai.routes.engine.gateway.screen.internal.sql;

import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * How a value is read.
 *
 * @param text the value
 * @param from index of its first character that is SQL
 * @param position where that stands
 * @param dialect how the characters are read
 * @param around the quote of the literal the value ended, or 0
 * @param work what reading it may cost
 */
record SqlReading(String text, int from, SqlPosition position, SqlDialect dialect, char around, Work work) {
    /** The same from another place on. */
    SqlReading after(int index, SqlPosition there, char quote) {
        return new SqlReading(text, index, there, dialect, quote, work);
    }
}
