package org.tongmai.routes.engine.gateway.screen.internal.sql;

/**
 * How a value is read.
 *
 * @param text the value
 * @param from index of its first character that is SQL
 * @param position where that stands
 * @param dialect how the characters are read
 * @param around the quote of the literal the value ended, or 0
 */
record SqlReading(String text, int from, SqlPosition position, SqlDialect dialect, char around) {}
