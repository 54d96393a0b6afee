package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a fragment with a place in them; what was read can be gone back to. */
final class SqlCursor {
    /** More than any query of an application; who sends more wants not to be judged. */
    private static final int MOST = 20_000;

    private final SqlLexer lexer;
    private final List<SqlToken> read = new ArrayList<>();
    private int at;

    SqlCursor(SqlLexer lexer) {
        this.lexer = lexer;
    }

    SqlToken peek() {
        return peek(0);
    }

    SqlToken peek(int ahead) {
        while (read.size() <= at + ahead) {
            if (read.size() > MOST) {
                throw new TooIntricate();
            }
            read.add(lexer.next());
        }
        return read.get(at + ahead);
    }

    SqlToken next() {
        SqlToken token = peek();
        if (!token.ends()) {
            at++;
        }
        return token;
    }

    /** Takes the next token if it is this word. */
    boolean take(String word) {
        return peek().isWord(word) && next() != null;
    }

    boolean take(SqlToken.Kind kind) {
        return peek().is(kind) && next() != null;
    }

    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    /** A fragment that is SQL as far as it was read, and too long or too deep to read on. */
    static final class TooIntricate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooIntricate() {
            super(null, null, false, false);
        }
    }
}
