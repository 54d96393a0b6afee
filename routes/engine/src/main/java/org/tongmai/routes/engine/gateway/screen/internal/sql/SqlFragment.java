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

    /** How far what follows a literal or comment is SQL. */
    SqlReach continues() {
        return reach(!at.peek().is(Kind.END) && continuation());
    }

    /** How far the value is SQL as it stands. */
    SqlReach stands() {
        return reach(reads());
    }

    private SqlReach reach(boolean whole) {
        if (whole) {
            return SqlReach.WHOLE;
        }
        return at.peek().is(Kind.WORD) ? SqlReach.BEGUN : SqlReach.SYMBOL;
    }

    private boolean reads() {
        SqlToken token = at.peek();
        Operation operation = words.operation(token);
        if (token.isWord("select") || token.isWord("with")) {
            position = SqlPosition.START;
            return grammar.queries().query() && tail();
        }
        if (statements.begins(token) && statement()) {
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
        boolean constant = words.is(token, SqlWords.Kind.TRUTH);
        position = name && operation == null && !constant ? SqlPosition.WORD : SqlPosition.NUMBER;
        return grammar.operand() && continuation();
    }

    private boolean statement() {
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
                if (!list()) {
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

    private boolean list() {
        at.next();
        signs.add(SqlSign.LIST);
        boolean row = signs.contains(SqlSign.CLOSER) && at.peek().is(Kind.LEFT);
        boolean good = grammar.expression();
        if (row && grammar.arguments() > 1) {
            signs.add(SqlSign.ROW);
        }
        return good;
    }

    private boolean end() {
        SqlToken token = at.peek();
        if (token.is(Kind.COMMENT)) {
            signs.add(SqlSign.COMMENT_CUT);
            if (token.text().isEmpty()) {
                signs.add(SqlSign.BARE_CUT);
            }
            return true;
        }
        if (!token.is(Kind.SEMICOLON)) {
            return token.is(Kind.END) || runOn();
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
        Certainty certainty = statements.match(at);
        if (certainty != Certainty.NONE) {
            signs.add(certainty == Certainty.LIKELY ? SqlSign.LIKELY_STATEMENT : SqlSign.STACKED);
        }
        return certainty != Certainty.NONE;
    }

    /** A statement with no semicolon before it: SQL Server asks for none. */
    private boolean runOn() {
        boolean can =
                position != SqlPosition.WORD && position != SqlPosition.CONTINUATION && position != SqlPosition.START;
        if (!can || !words.is(at.peek(), SqlWords.Kind.RUN_ON)) {
            return false;
        }
        if (at.peek().isWord("select")) {
            boolean query = grammar.queries().query();
            if (signs.contains(SqlSign.FROM)) {
                signs.add(SqlSign.RUN_ON);
            }
            return query && tail();
        }
        Certainty certainty = statements.match(at);
        if (certainty == Certainty.ANYWHERE || certainty != Certainty.NONE && statements.surelyHolds(at)) {
            signs.add(SqlSign.STACKED);
        } else if (certainty == Certainty.RUN_ON) {
            signs.add(SqlSign.RUN_ON);
        } else {
            return false;
        }
        return true;
    }

    private boolean stackedQuery() {
        boolean hard = signs.contains(SqlSign.HARD) && !signs.contains(SqlSign.PROSE);
        if (hard || position == SqlPosition.QUOTED || position == SqlPosition.DOUBLE_QUOTED) {
            signs.add(SqlSign.STACKED);
        }
        return true;
    }
}
