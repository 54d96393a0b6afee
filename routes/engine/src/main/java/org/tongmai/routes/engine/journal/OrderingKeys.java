package org.tongmai.routes.engine.journal;

import java.util.List;

/** Ordering keys in one column: nearly always one, else one a line, the first first. */
public final class OrderingKeys {
    private static final char SEPARATOR = '\n';

    private OrderingKeys() {}

    public static String join(List<String> keys) {
        return keys.size() == 1 ? keys.get(0) : String.join(String.valueOf(SEPARATOR), keys);
    }

    public static List<String> split(String column) {
        return column.indexOf(SEPARATOR) < 0 ? List.of(column) : List.of(column.split(String.valueOf(SEPARATOR)));
    }
}
