package org.tongmai.routes.engine.gateway.screen.internal.sql;

/** The two ways in which servers read the same characters. */
enum SqlDialect {
    /** MySQL, MariaDB: backslash escapes, {@code #} begins a comment, {@code --} only before a space. */
    MYSQL,
    /** PostgreSQL, Kingbase, openGauss, Oracle, DM, SQL Server: none of the three. */
    STANDARD
}
