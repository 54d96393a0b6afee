package org.tongmai.adapters.canonicalstore.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A statement under construction: its text and the values for its question marks, in step. Values are never text. */
final class Sql {
    private final StringBuilder text = new StringBuilder(512);
    private final List<ResourceReader.Value> values = new ArrayList<>();

    Sql add(String part) {
        text.append(part);
        return this;
    }

    Sql add(String part, String value) {
        return with(part, (statement, i) -> statement.setString(i, value));
    }

    Sql add(String part, long value) {
        return with(part, (statement, i) -> statement.setLong(i, value));
    }

    Sql add(String part, Instant value) {
        return with(part, (statement, i) -> statement.setObject(i, value.atOffset(ZoneOffset.UTC)));
    }

    Sql add(String part, Collection<String> value) {
        return with(
                part,
                (statement, i) -> statement.setArray(
                        i, statement.getConnection().createArrayOf("text", value.toArray(String[]::new))));
    }

    Sql add(String part, short[] value) {
        return with(part, (statement, i) -> statement.setObject(i, value));
    }

    private Sql with(String part, ResourceReader.Value value) {
        text.append(part);
        values.add(value);
        return this;
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).set(statement, i + 1);
        }
    }
}
