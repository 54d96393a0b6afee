package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;

/** Queries and the clauses that can follow an expression (ISO/IEC 9075-2 clause 7), in the dialects' company. */
final class SqlQueries {
    /** {@code FORCE INDEX FOR JOIN (a)}. */
    private static final int MOST_OPTION_WORDS = 4;

    private final SqlCursor at;
    private final SqlWords words;
    private final Set<SqlSign> signs;
    private final SqlGrammar grammar;

    SqlQueries(SqlCursor at, SqlWords words, Set<SqlSign> signs, SqlGrammar grammar) {
        this.at = at;
        this.words = words;
        this.signs = signs;
        this.grammar = grammar;
    }

    boolean beginsQuery() {
        SqlToken token = at.peek();
        return token.isWord("select")
                || token.isWord("with") && at.peek(2).isWord("as")
                || token.isWord("values") && at.peek(1).is(Kind.LEFT)
                || token.isWord("table") && at.peek(1).is(Kind.WORD);
    }

    /** A query, in as many parentheses as it likes, with its clauses. */
    boolean query() {
        at.enter();
        return at.leave(oneQuery());
    }

    private boolean oneQuery() {
        if (at.take(Kind.LEFT)) {
            return query() && (at.take(Kind.RIGHT) || at.peek().ends()) && clauses();
        }
        if (at.take("with")) {
            at.take("recursive");
            boolean good = at.take(Kind.WORD) && at.take("as") && at.take(Kind.LEFT) && query() && at.take(Kind.RIGHT);
            return good && query();
        }
        if (at.take("values")) {
            signs.add(SqlSign.SELECT);
            return list();
        }
        if (at.take("table")) {
            signs.add(SqlSign.SELECT);
            signs.add(SqlSign.FROM);
            return grammar.name() != null && clauses();
        }
        if (!at.take("select")) {
            return false;
        }
        signs.add(SqlSign.SELECT);
        modifiers();
        do {
            if (!item()) {
                return false;
            }
        } while (at.take(Kind.COMMA));
        return clauses();
    }

    private void modifiers() {
        while (words.is(at.peek(), SqlWords.Kind.MODIFIER)) {
            at.next();
        }
        if (at.peek().isWord("top") && (at.peek(1).is(Kind.NUMBER) || at.peek(1).is(Kind.LEFT))) {
            at.next();
            at.next();
            while (at.peek().is(Kind.NUMBER)
                    || at.peek().is(Kind.RIGHT)
                    || at.peek().isWord("percent")) {
                at.next();
            }
        }
    }

    private boolean item() {
        return grammar.expression() && alias();
    }

    private boolean alias() {
        boolean must = at.take("as");
        SqlToken token = at.peek();
        boolean name = token.is(Kind.QUOTED_NAME)
                || token.is(Kind.STRING)
                || token.is(Kind.WORD) && !words.isReserved(token.text()) && !clauseComes();
        if (name) {
            at.next();
        }
        return name || !must;
    }

    private boolean clauseComes() {
        return words.is(at.peek(), SqlWords.Kind.CLAUSE)
                || words.is(at.peek(), SqlWords.Kind.JOIN)
                || words.is(at.peek(), SqlWords.Kind.TABLE_OPTION) && optionComes();
    }

    /** Every clause that comes; false where one is begun and not well ended. */
    boolean clauses() {
        while (words.is(at.peek(), SqlWords.Kind.CLAUSE)) {
            if (!clause()) {
                return false;
            }
        }
        return true;
    }

    private boolean clause() {
        signs.add(SqlSign.CLAUSE);
        SqlToken word = at.next();
        return switch (word.text()) {
            case "from" -> {
                signs.add(SqlSign.FROM);
                yield tables();
            }
            case "where" -> {
                signs.add(SqlSign.WHERE);
                yield grammar.expression();
            }
            case "having", "qualify" -> grammar.expression();
            case "group", "order" -> at.take("by") && ordering();
            case "limit", "offset" -> grammar.expression() && rows();
            case "fetch" -> (at.take("first") || at.take("next")) && grammar.expression() && rows();
            case "into" -> into();
            case "procedure" -> grammar.expression();
            case "union", "except", "intersect", "minus" -> union();
            case "values" -> list();
            case "set" -> list();
            case "start", "connect" -> (at.take("with") || at.take("by")) && grammar.expression();
            case "returning" -> list();
            case "on" -> at.take("duplicate") && at.take("key") && at.take("update") && list();
            default -> locking(word.text());
        };
    }

    private boolean locking(String word) {
        if (word.equals("for")) {
            return (at.take("update") || at.take("share") || at.take("xml") || at.take("json") || at.take("browse"))
                    && words();
        }
        return word.equals("lock")
                ? at.take("in") && at.take("share") && at.take("mode")
                : word.equals("option") && at.peek().is(Kind.LEFT) && grammar.operand();
    }

    private boolean words() {
        while (at.peek().is(Kind.WORD) && !words.isReserved(at.peek().text())
                || at.peek().is(Kind.COMMA)) {
            at.next();
        }
        return !at.peek().is(Kind.LEFT) || grammar.operand();
    }

    private boolean union() {
        if (!at.take("all")) {
            at.take("distinct");
        }
        at.take("corresponding");
        boolean query = (at.peek().is(Kind.LEFT) || beginsQuery()) && query();
        // What cannot be read on is a second query all the same.
        if (query || signs.contains(SqlSign.SELECT)) {
            signs.add(SqlSign.UNION);
        }
        return query;
    }

    private boolean into() {
        if (at.take("outfile") || at.take("dumpfile")) {
            boolean named = at.peek().isConstant() || at.peek().is(Kind.VARIABLE);
            boolean read = grammar.operand();
            if (read && named) {
                signs.add(SqlSign.INTO_FILE);
            }
            return read;
        }
        return list();
    }

    private boolean rows() {
        while (at.take(Kind.COMMA)) {
            if (!grammar.expression()) {
                return false;
            }
        }
        while (at.take("rows") || at.take("row") || at.take("only")) {
            signs.add(SqlSign.CLAUSE);
        }
        return true;
    }

    private boolean list() {
        do {
            if (!grammar.expression()) {
                return false;
            }
        } while (at.take(Kind.COMMA));
        return true;
    }

    private boolean ordering() {
        do {
            boolean number = at.peek().is(Kind.NUMBER);
            if (!grammar.expression()) {
                return false;
            }
            if (number) {
                signs.add(SqlSign.COLUMN_PROBE);
            }
            direction();
        } while (at.take(Kind.COMMA));
        return true;
    }

    void direction() {
        if (at.take("asc") || at.take("desc")) {
            signs.add(SqlSign.CLAUSE);
        }
        if (at.take("nulls") && !at.take("first")) {
            at.take("last");
        }
    }

    private boolean tables() {
        do {
            if (!table()) {
                return false;
            }
            while (words.is(at.peek(), SqlWords.Kind.JOIN)) {
                at.next();
                if (!words.is(at.peek(), SqlWords.Kind.JOIN) && !table()) {
                    return false;
                }
            }
        } while (at.take(Kind.COMMA));
        return true;
    }

    private boolean table() {
        at.enter();
        return at.leave(oneTable());
    }

    private boolean oneTable() {
        boolean query = at.peek(1).isWord("select")
                || at.peek(1).isWord("with")
                || at.peek(1).isWord("values");
        if (at.peek().is(Kind.LEFT) && !query) {
            at.next();
            boolean inner = tables() && (at.take(Kind.RIGHT) || at.peek().ends());
            return inner && alias() && condition();
        }
        boolean prose = words.is(at.peek(), SqlWords.Kind.PROSE);
        boolean literal = at.peek().isConstant() && !at.peek().is(Kind.STRING);
        if (literal || at.peek().is(Kind.WORD) && words.isReserved(at.peek().text())) {
            return false;
        }
        if (!grammar.operand()) {
            return false;
        }
        if (prose) {
            signs.add(SqlSign.PROSE);
        }
        if (at.peek().is(Kind.VARIABLE)) {
            at.next();
        }
        if (!alias()) {
            return false;
        }
        return (!at.peek().is(Kind.LEFT) || grammar.operand()) && options() && condition();
    }

    /** {@code WITH (nolock)}, {@code USE INDEX (a)}, {@code TABLESAMPLE system (9)}. */
    private boolean options() {
        while (words.is(at.peek(), SqlWords.Kind.TABLE_OPTION) && optionComes()) {
            while (at.peek().is(Kind.WORD) && !at.peek(1).is(Kind.LEFT)) {
                at.next();
            }
            at.take(Kind.WORD);
            if (!grammar.operand()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a parenthesis follows after at most three words. */
    private boolean optionComes() {
        for (int i = 1; i <= MOST_OPTION_WORDS; i++) {
            if (at.peek(i).is(Kind.LEFT)) {
                return true;
            }
            if (!at.peek(i).is(Kind.WORD)) {
                return false;
            }
        }
        return false;
    }

    private boolean condition() {
        return !at.take("on") && !at.take("using") || grammar.expression();
    }

    /** Notes a name that is the server's own, or lies in a schema that is. */
    void catalog(String name) {
        if (words.has(SqlWords.Kind.CATALOG, name)) {
            signs.add(SqlSign.CATALOG);
        }
        int longest = words.longest();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            boolean schema = dot <= longest && words.has(SqlWords.Kind.CATALOG, name.substring(0, dot));
            boolean last =
                    name.length() - dot <= longest + 1 && words.has(SqlWords.Kind.CATALOG, name.substring(dot + 1));
            if (schema || last) {
                signs.add(SqlSign.CATALOG);
            }
        }
    }
}
