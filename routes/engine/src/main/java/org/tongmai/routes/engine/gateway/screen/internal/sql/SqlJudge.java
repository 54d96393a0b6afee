package org.tongmai.routes.engine.gateway.screen.internal.sql;

import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;

/**
 * Says whether a value is SQL injection: it is read as what stands in a statement as it is, as what ends a literal of each
 * kind, and as what ends a comment, and counts where the rest is SQL by grammar and does harm by rule. Immutable.
 */
public final class SqlJudge {
    /** The rule of a value that is SQL as far as it was read and has no end. */
    public static final String TOO_INTRICATE = "sql-intricate";

    /** What ends a literal or a quoted name; the bracket is SQL Server's. */
    private static final String QUOTES = "'\"`]";

    private final SqlWords words = new SqlWords();
    private final SqlStatements statements = new SqlStatements(words);
    private final SqlRules rules = new SqlRules();

    /** The rule that the value breaks, or null. */
    public String judge(String value, FieldKind field) {
        try {
            String standard = judge(value, field, SqlDialect.STANDARD);
            boolean differs = value.indexOf('#') >= 0 || value.indexOf('\\') >= 0 || value.contains("--");
            return standard == null && differs ? judge(value, field, SqlDialect.MYSQL) : standard;
        } catch (SqlCursor.TooIntricate e) {
            return TOO_INTRICATE;
        }
    }

    private String judge(String value, FieldKind field, SqlDialect dialect) {
        SqlFragment whole = fragment(new SqlReading(value, 0, SqlPosition.WORD, dialect, (char) 0));
        String rule = whole.stands() ? rules.judge(whole.position(), whole.signs(), field) : null;
        for (int i = 0; i < QUOTES.length() && rule == null; i++) {
            rule = afterQuote(value, field, dialect, QUOTES.charAt(i));
        }
        rule = rule == null
                ? afterMark(value, field, new SqlReading("*/", 0, SqlPosition.COMMENT, dialect, (char) 0))
                : rule;
        return rule == null
                ? afterMark(value, field, new SqlReading("$$", 0, SqlPosition.QUOTED, dialect, (char) 0))
                : rule;
    }

    private String afterQuote(String value, FieldKind field, SqlDialect dialect, char quote) {
        if (value.indexOf(quote) < 0) {
            return null;
        }
        int end = SqlLexer.end(value, 0, quote, dialect);
        if (end >= value.length() - 1) {
            return null;
        }
        return after(new SqlReading(value, end + 1, position(value, end), dialect, quote), field);
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
    private String afterMark(String value, FieldKind field, SqlReading mark) {
        int end = value.indexOf(mark.text());
        SqlReading reading = new SqlReading(value, end + 2, mark.position(), mark.dialect(), mark.around());
        return end < 0 ? null : after(reading, field);
    }

    private String after(SqlReading reading, FieldKind field) {
        SqlFragment rest = fragment(reading);
        return rest.continues() ? rules.judge(rest.position(), rest.signs(), field) : null;
    }

    private SqlFragment fragment(SqlReading reading) {
        return new SqlFragment(statements, words, reading);
    }
}
