package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.Locale;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Blanks;
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
    /** Whether the comment up to the end says nothing, or begins as no dash of a sentence does. */
    private boolean bareCut;
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
            return token(Kind.COMMENT, bareCut ? "" : "text");
        }
        if (at >= text.length()) {
            return token(Kind.END, "");
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return literal(c);
        }
        if (c == '`') {
            int start = at;
            int end = text.indexOf('`', at + 1);
            at = end < 0 ? text.length() : end + 1;
            return end < 0 ? open(start, 1) : token(Kind.QUOTED_NAME, "`");
        }
        if (digit(c) || c == '.' && digit(peek(1))) {
            return number();
        }
        if (c == '$' && dialect != SqlDialect.MYSQL && dollarTag() > 0) {
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
            if (Blanks.is(c)) {
                at++;
            } else if (digit(c) && nothing() > at) {
                at = nothing();
            } else if (executedComment && c == '*' && peek(1) == '/') {
                executedComment = false;
                at += 2;
            } else if (c == '/' && peek(1) == '*') {
                if (!blockComment()) {
                    return false;
                }
            } else if (c == '-'
                            && peek(1) == '-'
                            && (dialect != SqlDialect.MYSQL || Blanks.is(peek(2)) || at + 2 >= text.length())
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
        if (dialect == SqlDialect.NESTED) {
            end = nestedEnd();
        }
        bareCut = end < 0 && isBare(at + 2);
        at = end < 0 ? text.length() : end + 2;
        return end >= 0;
    }

    private boolean isBare(int from) {
        if (!gap && from < text.length() && Blanks.is(text.charAt(from))) {
            return true;
        }
        for (int i = from; i < text.length(); i++) {
            if (Character.isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Where the comment that begins here ends, with those in it; -1 where it does not. */
    private int nestedEnd() {
        int depth = 0;
        for (int i = at; i + 1 < text.length(); i++) {
            boolean begins = text.charAt(i) == '/' && text.charAt(i + 1) == '*';
            boolean ends = text.charAt(i) == '*' && text.charAt(i + 1) == '/';
            depth += begins ? 1 : ends ? -1 : 0;
            if (ends && depth == 0) {
                return i;
            }
            i += begins || ends ? 1 : 0;
        }
        return -1;
    }

    /** Where {@code 1.e} ends that begins here, before a mark: MySQL below 8.0.27 reads over it; or 0. */
    private int nothing() {
        int length = 1;
        while (digit(peek(length))) {
            length++;
        }
        char after = peek(length + 2);
        boolean mark = Blanks.is(after) || after == '(' || after == ')' || after == ',';
        return mark && peek(length) == '.' && (peek(length + 1) | 0x20) == 'e' ? at + length + 2 : 0;
    }

    private boolean lineComment() {
        int end = at;
        boolean returns = dialect == SqlDialect.STANDARD || dialect == SqlDialect.NESTED;
        while (end < text.length() && text.charAt(end) != '\n' && !(returns && text.charAt(end) == '\r')) {
            end++;
        }
        boolean more = end < solid();
        bareCut = !more && peek(0) == '-' && isBare(at + 2);
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
        int start = at;
        int end = end(text, at + 1, quote, dialect);
        at = Math.min(text.length(), end + 1);
        return end >= text.length() ? open(start, 1) : token(Kind.STRING, String.valueOf(quote));
    }

    /** A literal without an end, with the first character of what is in it. */
    private SqlToken open(int start, int opening) {
        int content = start + opening;
        String quote = text.substring(start, start + 1);
        return token(Kind.OPEN_STRING, content < solid() ? quote + text.charAt(content) : quote);
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
        // Oracle's 1d and 1f, and 1.e of SQL Server, end where a word begins.
        int suffix = peek(0) | 0x20;
        if ((suffix == 'd' || suffix == 'f' || suffix == 'e' && !plain) && words.isReserved(wordFrom(at + 1))) {
            at++;
            return token(Kind.NUMBER, text.substring(start, end));
        }
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

    private String wordFrom(int from) {
        int end = from;
        while (end < text.length() && end - from <= words.longest() && part(text.charAt(end))) {
            end++;
        }
        return lower(from, end);
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
        int start = at;
        at = end < 0 ? text.length() : end + tag.length();
        return end < 0 ? open(start, tag.length()) : token(Kind.STRING, "$");
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

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c > 0x7F && !Blanks.is(c) && isNamePart(c);
    }

    /** MySQL and PostgreSQL take every character beyond ASCII into a name; punctuation parts sentences all the same. */
    private static boolean isNamePart(char c) {
        int type = Character.getType(c);
        return Character.isLetter(c)
                || type == Character.CURRENCY_SYMBOL
                || type == Character.OTHER_SYMBOL
                || type == Character.SURROGATE
                || type == Character.MODIFIER_SYMBOL
                || type == Character.CONTROL;
    }

    private static boolean part(char c) {
        return letter(c) || digit(c) || c == '$';
    }
}
