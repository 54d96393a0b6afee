package org.tongmai.routes.engine.gateway.screen.internal.sql;

import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * Says whether a value is SQL injection: it is read as what stands in a statement as it is, as what ends a literal of each
 * kind, and as what ends a comment, and counts where the rest, as far as it can be read, is SQL by grammar and does harm by
 * rule. Immutable.
 */
public final class SqlJudge {
    /** What ends a literal or a quoted name; the bracket is SQL Server's. */
    private static final String QUOTES = "'\"`]";

    private final SqlWords words = new SqlWords();
    private final SqlStatements statements = new SqlStatements(words);
    private final SqlRules rules = new SqlRules();

    /** The rule that the value breaks, or null. */
    public String judge(String value, FieldKind field, Work work) {
        String rule = null;
        for (SqlDialect dialect : SqlDialect.of(value)) {
            rule = rule == null
                    ? judge(new SqlReading(value, 0, SqlPosition.WORD, dialect, (char) 0, work), field)
                    : rule;
        }
        return rule;
    }

    private String judge(SqlReading value, FieldKind field) {
        value.work().charge(value.text().length());
        SqlFragment whole = fragment(value);
        String rule = rules.judge(whole, whole.stands(), field);
        boolean escapes = value.text().indexOf('\\') >= 0;
        for (int i = 0; i < QUOTES.length() && rule == null; i++) {
            rule = afterQuote(value, field, QUOTES.charAt(i), value.dialect());
            // Who doubles quotes may do so where the server takes the backslash before them for an escape, and the
            // reverse.
            SqlDialect other = value.dialect() == SqlDialect.MYSQL ? SqlDialect.STANDARD : SqlDialect.MYSQL;
            rule = rule == null && escapes ? afterQuote(value, field, QUOTES.charAt(i), other) : rule;
        }
        rule = rule == null ? afterMark(value, field, "*/", SqlPosition.COMMENT) : rule;
        return rule == null ? afterMark(value, field, "$$", SqlPosition.QUOTED) : rule;
    }

    private String afterQuote(SqlReading value, FieldKind field, char quote, SqlDialect ends) {
        String text = value.text();
        if (text.indexOf(quote) < 0) {
            return null;
        }
        int end = SqlLexer.end(text, 0, quote, ends);
        if (end >= text.length() - 1) {
            return null;
        }
        return after(value.after(end + 1, position(text, end), quote), field);
    }

    private static SqlPosition position(String value, int quote) {
        return switch (value.charAt(quote)) {
            case '\'' -> SqlPosition.QUOTED;
            case '"' -> isName(value, quote) ? SqlPosition.DOUBLE_QUOTED : SqlPosition.DOUBLE_QUOTED_PROSE;
            default -> SqlPosition.QUOTED_NAME;
        };
    }

    private static boolean isName(String value, int end) {
        for (int i = 0; i < end; i++) {
            if (!Character.isLetter(value.charAt(i)) && "_.@-".indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** What ends with two characters: a comment, a literal of PostgreSQL in dollars. */
    private String afterMark(SqlReading value, FieldKind field, String mark, SqlPosition position) {
        int end = value.text().indexOf(mark);
        return end < 0 ? null : after(value.after(end + mark.length(), position, (char) 0), field);
    }

    private String after(SqlReading reading, FieldKind field) {
        SqlFragment rest = fragment(reading);
        return rules.judge(rest, rest.continues(), field);
    }

    private SqlFragment fragment(SqlReading reading) {
        return new SqlFragment(statements, words, reading);
    }
}
