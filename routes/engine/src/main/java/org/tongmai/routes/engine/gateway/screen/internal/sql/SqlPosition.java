package org.tongmai.routes.engine.gateway.screen.internal.sql;

/** Where a value stands in the statement it is put into, and how it begins there. */
enum SqlPosition {
    /** In a literal: the value ends it. */
    QUOTED,
    /** In a literal of double quotes (MySQL), with a plain name before the quote that ends it. */
    DOUBLE_QUOTED,
    /** The same with anything else before the quote: inches, a quotation, a line of a program. */
    DOUBLE_QUOTED_PROSE,
    /** In a name in back-ticks or brackets; Markdown writes code so. */
    QUOTED_NAME,
    /** In a comment: the value ends it. */
    COMMENT,
    /** As it is, beginning with a number, a literal or a parenthesis. */
    NUMBER,
    /** As it is, beginning with a name. */
    WORD,
    /** As it is, beginning with an operator, a clause or a closing parenthesis. */
    CONTINUATION,
    /** As it is, beginning with a statement. */
    START
}
