package org.tongmai.routes.engine.gateway.screen.internal.sql;

/** What the grammar saw in a fragment that is SQL; the rules of {@code sql-rules.csv} are over these. */
enum SqlSign {
    /** {@code AND}, {@code OR}, {@code XOR}, {@code ||}, {@code &&}. */
    LOGIC,
    COMPARISON,
    ARITHMETIC,
    /** A comparison whose outcome no row changes: {@code 1=1}, {@code 'a'<'b'}, {@code id=id}. */
    CONSTANT_CONDITION,
    /** The same after {@code OR} or {@code AND}. */
    TAUTOLOGY,
    /** A comparison in parentheses that are no call's. */
    NESTED_COMPARISON,
    /** {@code OR TRUE}, {@code 1 OR 1}, {@code 1 OR 0x2}. */
    CONSTANT_TRUTH,
    /** A comma with an expression after it. */
    LIST,
    /** {@code ),(1,2}: a second row of values. */
    ROW,
    SELECT,
    FROM,
    WHERE,
    STAR,
    UNION,
    SUBQUERY,
    /** {@code CASE}, {@code IF(…)}. */
    CONDITIONAL,
    CALL,
    /** A call among the arguments of a call. */
    NESTED_CALL,
    /** A function that takes a text apart, to be asked character by character. */
    EXTRACTING_CALL,
    /** {@code CAST(x AS t)}, {@code CONVERT(t, x)}: the error tells the value. */
    CONVERSION,
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
    /** A semicolon and what is a statement where nobody writes sentences. */
    LIKELY_STATEMENT,
    /** A statement without a semicolon before it, as SQL Server takes it, that words could be. */
    RUN_ON,
    /** The value itself begins with a statement. */
    STATEMENT,
    /** A comment cuts off what would follow. */
    COMMENT_CUT,
    /** Nothing but it follows the operand, or it follows like no dash does. */
    BARE_CUT,
    /** The last thing is a quote that opens: it takes the closing one of the statement. */
    REOPENED,
    /** The last thing is a quote of another kind that opens: the next value closes it. */
    SPLIT,
    /** The same with something after it. */
    SPLIT_TEXT,
    /** A closing parenthesis that nothing in the value opened. */
    CLOSER,
    /** A comment between two words, or MySQL's comment that is executed. */
    COMMENT_BETWEEN,
    /** Anything but bare words: digits, quotes, dots, operators. */
    HARD,
    /** A word that is no name of a table or column: {@code the}, {@code please}. */
    PROSE
}
