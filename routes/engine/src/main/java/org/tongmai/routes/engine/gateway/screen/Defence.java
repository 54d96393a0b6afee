package org.tongmai.routes.engine.gateway.screen;

/** What a request is screened for. */
public enum Defence {
    /** Cross-site scripting: a value that would become script in a page, a style or an address. */
    XSS,
    /** SQL injection: a value that would end the literal it stands in and go on as SQL. */
    SQL_INJECTION
}
