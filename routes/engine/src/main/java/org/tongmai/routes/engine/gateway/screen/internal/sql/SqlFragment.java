package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.EnumSet;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlStatements.Certainty;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlWords.Operation;

/** One reading of a value: from one character on, in one position, in one dialect. */
final class SqlFragment {
    private final SqlWords words;
    private final SqlStatements statements;
    private final Set<SqlSign> signs = EnumSet.noneOf(SqlSign.class);
    private final SqlCursor at;
    private final SqlGrammar grammar;
    private SqlPosition position;

    SqlFragment(SqlStatements statements, SqlWords words, SqlReading reading) {
        this.words = words;
        this.statements = statements;
        this.position = reading.position();
        this.at = new SqlCursor(new SqlLexer(reading, words, signs), reading.work());
        this.grammar = new SqlGrammar(at, words, signs, reading.around());
    }

    SqlPosition position() {
        return position;
    }

    Set<SqlSign> signs() {
        return signs;
    }

    /** Whether the value ends a literal or comment and goes on as SQL. */
    boolean continues() {
        if (at.peek().is(Kind.END)) {
            return false;
        }
        return continuation();
    }

    /** Whether the value is SQL as it stands. */
    boolean stands() {
        SqlToken token = at.peek();
        Operation operation = words.operation(token);
        if (token.is(Kind.WORD) && statements.begins(token) && statement()) {
            position = SqlPosition.START;
            return true;
        }
        boolean operator = operation == Operation.LOGIC || operation == Operation.COMPARISON;
        if (operator
                || token.is(Kind.RIGHT)
                || token.is(Kind.SEMICOLON)
                || token.is(Kind.COMMA)
                || words.is(token, SqlWords.Kind.CLAUSE)) {
            position = SqlPosition.CONTINUATION;
            return continuation();
        }
        boolean name = token.is(Kind.WORD) || token.is(Kind.QUOTED_NAME) || token.is(Kind.LEFT_BRACKET);
        position = name && operation == null ? SqlPosition.WORD : SqlPosition.NUMBER;
        return grammar.operand() && continuation();
    }

    private boolean statement() {
        if (at.peek().isWord("select") || at.peek().isWord("with")) {
            int mark = at.mark();
            if (grammar.queries().query() && tail()) {
                return true;
            }
            at.back(mark);
            signs.clear();
            return false;
        }
        boolean anywhere = statements.match(at) == Certainty.ANYWHERE;
        if (anywhere) {
            signs.add(SqlSign.STATEMENT);
        }
        return anywhere;
    }

    private boolean continuation() {
        while (true) {
            SqlToken token = at.peek();
            if (token.is(Kind.RIGHT)) {
                at.next();
                signs.add(SqlSign.CLOSER);
                aliasAfterCloser();
            } else if (words.operation(token) != null && words.operation(token) != Operation.SIGN
                    || token.isWord("not")) {
                int mark = at.mark();
                if (!grammar.rest() || at.mark() == mark) {
                    return false;
                }
            } else if (token.is(Kind.COMMA)) {
                at.next();
                signs.add(SqlSign.LIST);
                if (!grammar.expression()) {
                    return false;
                }
            } else if (token.isWord("asc") || token.isWord("desc")) {
                grammar.queries().direction();
            } else if (words.is(token, SqlWords.Kind.CLAUSE)) {
                if (!grammar.queries().clauses()) {
                    return false;
                }
            } else {
                return tail();
            }
        }
    }

    /** {@code ) AS t WHERE …}: the value ends a query in parentheses and names it. */
    private void aliasAfterCloser() {
        at.take("as");
        if (at.peek().is(Kind.WORD)
                && words.is(at.peek(1), SqlWords.Kind.CLAUSE)
                && !words.isReserved(at.peek().text())) {
            at.next();
        }
    }

    private boolean tail() {
        at.enter();
        return at.leave(end());
    }

    private boolean end() {
        SqlToken token = at.peek();
        if (token.is(Kind.COMMENT)) {
            signs.add(SqlSign.COMMENT_CUT);
            return true;
        }
        if (!token.is(Kind.SEMICOLON)) {
            return token.is(Kind.END);
        }
        while (at.take(Kind.SEMICOLON)) {
            // Empty statements.
        }
        if (at.peek().ends()) {
            return tail();
        }
        if (at.peek().isWord("select") || at.peek().isWord("with") && at.peek(2).isWord("as")) {
            return grammar.queries().query() && stackedQuery() && tail();
        }
        boolean stacked = statements.match(at) != Certainty.NONE;
        if (stacked) {
            signs.add(SqlSign.STACKED);
        }
        return stacked;
    }

    private boolean stackedQuery() {
        boolean hard = signs.contains(SqlSign.HARD) && !signs.contains(SqlSign.PROSE);
        if (hard || position == SqlPosition.QUOTED || position == SqlPosition.DOUBLE_QUOTED) {
            signs.add(SqlSign.STACKED);
        }
        return true;
    }
}
