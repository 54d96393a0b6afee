package org.tongmai.routes.engine.gateway.screen.internal;

/**
 * Lists of tokens or media types, with parameters that have a value (RFC 9110, 5.6 and 12.5): in one that is nothing else no
 * attack can be written, and nearly all fields that should be one are.
 */
public final class TokenList {
    private static final String MARKS = "-._+*";

    private TokenList() {}

    /** Whether a field is such a list. */
    public static boolean is(String field) {
        boolean parameter = false;
        boolean slash = false;
        boolean equals = false;
        char before = ',';
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean good =
                    switch (c) {
                        case ',', ';' -> !parameter || equals;
                        case ' ' -> before == ',' || before == ';' || before == ' ';
                        case '/' -> !slash;
                        case '=' -> !equals;
                        case ':' -> isPort(field, i + 1);
                        default -> isPlain(c) && (c != '-' || before != '-');
                    };
            if (!good) {
                return false;
            }
            boolean ends = c == ',' || c == ';';
            parameter = ends ? c == ';' : parameter;
            slash = !ends && (slash || c == '/');
            equals = !ends && (equals || c == '=');
            before = c;
        }
        return !parameter || equals;
    }

    /** Behind a host; a letter there could be what follows a scheme. */
    private static boolean isPort(String field, int from) {
        return from < field.length() && field.charAt(from) >= '0' && field.charAt(from) <= '9';
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
    }
}
