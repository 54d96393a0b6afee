package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.ArrayList;
import java.util.List;

/** The ways in which servers read the same characters. */
enum SqlDialect {
    /** Backslash is a character like others, {@code --} begins a comment that ends at CR or LF. */
    STANDARD,
    /** MySQL, MariaDB: backslash escapes, {@code #} begins a comment, {@code --} only before a space; LF alone ends it. */
    MYSQL,
    /** PostgreSQL, Kingbase, openGauss, SQL Server: comments in comments. */
    NESTED,
    /** Oracle, DM, SQL Server: a comment of one line ends at LF alone. */
    LINE_FEED;

    /** Those in which a text can be read otherwise than in {@link #STANDARD}, and that. */
    static List<SqlDialect> of(String text) {
        boolean dashes = text.contains("--");
        List<SqlDialect> dialects = new ArrayList<>(2);
        dialects.add(STANDARD);
        if (dashes || text.indexOf('#') >= 0 || text.indexOf('\\') >= 0) {
            dialects.add(MYSQL);
        }
        int comment = text.indexOf("/*");
        if (comment >= 0 && text.indexOf("/*", comment + 2) >= 0 && text.indexOf("*/", comment) >= 0) {
            dialects.add(NESTED);
        }
        if (dashes && bareReturn(text)) {
            dialects.add(LINE_FEED);
        }
        return dialects;
    }

    private static boolean bareReturn(String text) {
        int at = text.indexOf('\r');
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at = text.indexOf('\r', at + 1);
        }
        return at >= 0 && at + 1 < text.length();
    }
}
