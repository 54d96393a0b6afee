package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;
import org.tongmai.standards.table.CsvTable;

/**
 * The judgement over what the grammar saw, by {@code sql-rules.csv}; the first rule that holds is named. A rule says how far
 * a fragment must have been read for it: where reading stopped, what is certain counts all the same.
 */
final class SqlRules {
    private final List<Rule> rules = Tables.rows("sql-rules.csv", Rule::read);

    private record Rule(
            String name,
            Set<SqlPosition> positions,
            Set<SqlSign> all,
            Set<SqlSign> any,
            Set<SqlSign> none,
            FieldKind fields,
            SqlReach reach) {

        static Rule read(CsvTable.Row row) {
            FieldKind fields =
                    switch (row.cell(5)) {
                        case "any" -> FieldKind.FREE_TEXT;
                        case "strict" -> FieldKind.STRICT;
                        default -> throw new IllegalArgumentException("fields: expected any or strict");
                    };
            return new Rule(
                    row.cell(0),
                    constants(SqlPosition.class, row.cell(1)),
                    constants(SqlSign.class, row.cell(2)),
                    constants(SqlSign.class, row.cell(3)),
                    constants(SqlSign.class, row.cell(4)),
                    fields,
                    SqlReach.valueOf(row.cell(6).toUpperCase(Locale.ROOT)));
        }

        private static <E extends Enum<E>> Set<E> constants(Class<E> type, String cell) {
            Set<E> found = EnumSet.noneOf(type);
            for (String word : Tables.words(cell)) {
                found.add(Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_')));
            }
            return found;
        }

        boolean holds(SqlFragment fragment, SqlReach read, FieldKind field) {
            Set<SqlSign> seen = fragment.signs();
            return read.compareTo(reach) <= 0
                    && positions.contains(fragment.position())
                    && (fields == FieldKind.FREE_TEXT || field == FieldKind.STRICT)
                    && seen.containsAll(all)
                    && (any.isEmpty() || any.stream().anyMatch(seen::contains))
                    && none.stream().noneMatch(seen::contains);
        }
    }

    /** The name of the rule that holds, or null. */
    String judge(SqlFragment fragment, SqlReach read, FieldKind field) {
        for (Rule rule : rules) {
            if (rule.holds(fragment, read, field)) {
                return rule.name();
            }
        }
        return null;
    }
}
