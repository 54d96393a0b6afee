package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/** The tokens of a fragment with a place in them; what was read can be gone back to. */
final class SqlCursor {
    /** More than any query of an application; who sends more wants not to be judged. */
    private static final int MOST = 20_000;

    /** Of operands and queries in one another. */
    private static final int DEEPEST = 200;

    private final SqlLexer lexer;
    private final Work work;
    private final List<SqlToken> read = new ArrayList<>();
    private int at;
    private int depth;

    SqlCursor(SqlLexer lexer, Work work) {
        this.lexer = lexer;
        this.work = work;
    }

    SqlToken peek() {
        return peek(0);
    }

    SqlToken peek(int ahead) {
        while (read.size() <= at + ahead) {
            if (read.size() > MOST) {
                throw new Work.Spent();
            }
            read.add(lexer.next());
        }
        return read.get(at + ahead);
    }

    SqlToken next() {
        SqlToken token = peek();
        work.charge(1);
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

    /** Goes into what may stand in another of its kind. */
    void enter() {
        if (++depth > DEEPEST) {
            throw new Work.Spent();
        }
    }

    /** Comes out of it, with what is said of it. */
    boolean leave(boolean good) {
        depth--;
        return good;
    }
}
