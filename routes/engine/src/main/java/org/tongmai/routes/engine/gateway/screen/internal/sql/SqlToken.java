package org.tongmai.routes.engine.gateway.screen.internal.sql;

/**
 * One token of a fragment.
 *
 * @param kind what it is
 * @param text a word in lower case, an operator, a number; the opening character of a literal, of one that nothing closes the
 *     next too
 * @param gap whether white space stands before it
 */
record SqlToken(Kind kind, String text, boolean gap) {
    enum Kind {
        WORD,
        /** A name in back-ticks. */
        QUOTED_NAME,
        NUMBER,
        STRING,
        /** A literal that nothing closes. */
        OPEN_STRING,
        VARIABLE,
        OPERATOR,
        LEFT,
        RIGHT,
        LEFT_BRACKET,
        RIGHT_BRACKET,
        LEFT_BRACE,
        RIGHT_BRACE,
        COMMA,
        SEMICOLON,
        DOT,
        /** A comment up to the end. */
        COMMENT,
        END,
        /** Nothing of SQL. */
        OTHER
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isConstant() {
        return kind == Kind.NUMBER || kind == Kind.STRING || kind == Kind.OPEN_STRING;
    }

    /** Whether a fragment can end before it. */
    boolean ends() {
        return kind == Kind.END || kind == Kind.COMMENT;
    }
}
