package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.Locale;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/** Cuts a value into tokens, one at a time, so that prose costs no more than its first words. */
final class SqlLexer {
    private static final int LONGEST_OPERATOR = 4;

    private final String text;
    private final SqlDialect dialect;
    private final Work work;
    private final SqlWords words;
    private final Set<SqlSign> signs;
    private int at;
    private boolean gap;
    private boolean executedComment;
    /** Index behind the last character that is not blank; -1 until somebody asks. */
    private int solid = -1;

    SqlLexer(SqlReading reading, SqlWords words, Set<SqlSign> signs) {
        this.text = reading.text();
        this.at = reading.from();
        this.dialect = reading.dialect();
        this.work = reading.work();
        this.words = words;
        this.signs = signs;
    }

    SqlToken next() {
        int from = at;
        SqlToken token = read();
        work.charge(1 + at - from);
        return token;
    }

    private SqlToken read() {
        gap = false;
        if (!skip()) {
            return token(Kind.COMMENT, "");
        }
        if (at >= text.length()) {
            return token(Kind.END, "");
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return literal(c);
        }
        if (c == '`') {
            int end = text.indexOf('`', at + 1);
            at = end < 0 ? text.length() : end + 1;
            return end < 0 ? token(Kind.OPEN_STRING, "`") : token(Kind.QUOTED_NAME, "`");
        }
        if (digit(c) || c == '.' && digit(peek(1))) {
            return number();
        }
        if (c == '$' && dialect == SqlDialect.STANDARD && dollarTag() > 0) {
            return dollarLiteral();
        }
        if (c == '@' || c == ':' && letter(peek(1)) && peek(-1) != ':') {
            return variable();
        }
        return letter(c) ? word() : symbol(c);
    }

    /** Skips white space and comments; false where a comment takes all the rest. */
    private boolean skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (space(c)) {
                at++;
            } else if (executedComment && c == '*' && peek(1) == '/') {
                executedComment = false;
                at += 2;
            } else if (c == '/' && peek(1) == '*') {
                if (!blockComment()) {
                    return false;
                }
            } else if (c == '-'
                            && peek(1) == '-'
                            && (dialect == SqlDialect.STANDARD || space(peek(2)) || at + 2 >= text.length())
                    || c == '#' && dialect == SqlDialect.MYSQL) {
                if (!lineComment()) {
                    return false;
                }
            } else {
                return true;
            }
            gap = true;
        }
        return true;
    }

    private boolean blockComment() {
        signs.add(SqlSign.COMMENT_BETWEEN);
        boolean maria = (peek(2) == 'M' || peek(2) == 'm') && peek(3) == '!';
        if (peek(2) == '!' || maria) {
            at += maria ? 4 : 3;
            while (digit(peek(0))) {
                at++;
            }
            executedComment = true;
            return true;
        }
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
        return end >= 0;
    }

    private boolean lineComment() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        boolean more = end < solid();
        at = more ? end : text.length();
        if (more) {
            signs.add(SqlSign.COMMENT_BETWEEN);
        }
        return more;
    }

    private int solid() {
        if (solid < 0) {
            solid = text.length();
            while (solid > 0 && Character.isWhitespace(text.charAt(solid - 1))) {
                solid--;
            }
        }
        return solid;
    }

    private SqlToken literal(char quote) {
        int end = end(text, at + 1, quote, dialect);
        at = Math.min(text.length(), end + 1);
        String opening = String.valueOf(quote);
        return end >= text.length() ? token(Kind.OPEN_STRING, opening) : token(Kind.STRING, opening);
    }

    /** Where a literal ends whose content begins at {@code from}: at its quote, or at the end of the text. */
    static int end(String text, int from, char quote, SqlDialect dialect) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && dialect == SqlDialect.MYSQL) {
                i++;
            } else if (c == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return text.length();
    }

    private SqlToken number() {
        int start = at;
        boolean plain = true;
        if (text.charAt(at) == '0' && (peek(1) | 0x20) == 'x' && Character.digit(peek(2), 16) >= 0) {
            at += 2;
            while (Character.digit(peek(0), 16) >= 0) {
                at++;
            }
            return token(Kind.NUMBER, text.substring(start, at));
        }
        digits();
        if (peek(0) == '.' && peek(1) != '.') {
            at++;
            plain = false;
            digits();
        }
        if ((peek(0) | 0x20) == 'e' && (digit(peek(1)) || (peek(1) == '+' || peek(1) == '-') && digit(peek(2)))) {
            at += 2;
            plain = false;
            digits();
        }
        int end = at;
        while (plain && part(peek(0))) {
            at++;
        }
        // MySQL reads 5mg as a name; SQL Server reads 1or as two words.
        if (at > end && !words.isReserved(lower(end, at))) {
            return token(Kind.WORD, lower(start, at));
        }
        at = end;
        return token(Kind.NUMBER, text.substring(start, end));
    }

    private void digits() {
        while (digit(peek(0))) {
            at++;
        }
    }

    private SqlToken word() {
        int start = at;
        while (part(peek(0))) {
            at++;
        }
        return token(Kind.WORD, lower(start, at));
    }

    private SqlToken variable() {
        int start = at;
        while (peek(0) == '@' || peek(0) == ':') {
            at++;
        }
        while (part(peek(0)) || peek(0) == '.') {
            at++;
        }
        return at - start == 1 && text.charAt(start) == '@' && "><".indexOf(peek(0)) >= 0 && peek(0) != 0
                ? operator(start)
                : token(Kind.VARIABLE, lower(start, at));
    }

    /** Length of {@code $tag$} here, or 0. */
    private int dollarTag() {
        int end = at + 1;
        while (end < text.length() && letter(text.charAt(end))) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '$' ? end + 1 - at : 0;
    }

    private SqlToken dollarLiteral() {
        String tag = text.substring(at, at + dollarTag());
        int end = text.indexOf(tag, at + tag.length());
        at = end < 0 ? text.length() : end + tag.length();
        return token(end < 0 ? Kind.OPEN_STRING : Kind.STRING, "$");
    }

    private SqlToken symbol(char c) {
        int which = "()[]{},;.".indexOf(c);
        if (which >= 0) {
            Kind[] kinds = {
                Kind.LEFT,
                Kind.RIGHT,
                Kind.LEFT_BRACKET,
                Kind.RIGHT_BRACKET,
                Kind.LEFT_BRACE,
                Kind.RIGHT_BRACE,
                Kind.COMMA,
                Kind.SEMICOLON,
                Kind.DOT
            };
            at++;
            return token(kinds[which], "");
        }
        if (c == '\\' && peek(1) == 'N') {
            at += 2;
            return token(Kind.NUMBER, "null");
        }
        return operator(at);
    }

    private SqlToken operator(int from) {
        for (int length = LONGEST_OPERATOR; length > 0; length--) {
            if (from + length <= text.length()) {
                String symbol = text.substring(from, from + length);
                if (words.isOperator(symbol)) {
                    at = from + length;
                    return token(Kind.OPERATOR, symbol);
                }
            }
        }
        at = from + 1;
        return token(Kind.OTHER, "");
    }

    private SqlToken token(Kind kind, String value) {
        return new SqlToken(kind, value, gap);
    }

    private String lower(int from, int to) {
        return text.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private char peek(int ahead) {
        int index = at + ahead;
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }

    /** Every server takes these for white space; the no-break spaces some of them. */
    private static boolean space(char c) {
        return c > 0 && c <= ' ' || c == 0x7F || c == 0xA0 || c > 0x7F && Character.isSpaceChar(c);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c > 0x7F && Character.isLetter(c);
    }

    private static boolean part(char c) {
        return letter(c) || digit(c) || c == '$';
    }
}
