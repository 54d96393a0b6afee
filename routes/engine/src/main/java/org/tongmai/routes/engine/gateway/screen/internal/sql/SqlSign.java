package org.tongmai.routes.engine.gateway.screen.internal.sql;

/** What the grammar saw in a fragment that is SQL; the rules of {@code sql-rules.csv} are over these. */
enum SqlSign {
    /** {@code AND}, {@code OR}, {@code XOR}, {@code ||}, {@code &&}. */
    LOGIC,
    COMPARISON,
    ARITHMETIC,
    /** A comparison whose outcome no row changes: {@code 1=1}, {@code 'a'<'b'}, {@code id=id}. */
    CONSTANT_CONDITION,
    /** {@code OR TRUE}, {@code 1 OR 1}. */
    CONSTANT_TRUTH,
    /** A comma with an expression after it. */
    LIST,
    SELECT,
    FROM,
    WHERE,
    STAR,
    UNION,
    SUBQUERY,
    /** {@code CASE}, {@code IF(…)}. */
    CONDITIONAL,
    CALL,
    /** A function that waits, reads files, runs programs, calls out or makes errors speak. */
    DANGEROUS_CALL,
    /** A function that tells about server, database or user. */
    TELLING_CALL,
    /** A table or variable of the server's own. */
    CATALOG,
    CLAUSE,
    /** {@code ORDER BY 7}. */
    COLUMN_PROBE,
    INTO_FILE,
    /** A semicolon and a statement after it. */
    STACKED,
    /** The value itself begins with a statement. */
    STATEMENT,
    /** A comment cuts off what would follow. */
    COMMENT_CUT,
    /** The last thing is a quote that opens: it takes the closing one of the statement. */
    REOPENED,
    /** A closing parenthesis that nothing in the value opened. */
    CLOSER,
    /** A comment between two words, or MySQL's comment that is executed. */
    COMMENT_BETWEEN,
    /** Anything but bare words: digits, quotes, dots, operators. */
    HARD,
    /** A word that is no name of a table or column: {@code the}, {@code please}. */
    PROSE
}
