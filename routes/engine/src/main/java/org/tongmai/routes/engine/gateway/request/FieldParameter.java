package org.tongmai.routes.engine.gateway.request;

import java.util.regex.Pattern;

/** Parameters of a header field (RFC 9110, 5.6.6), as those services read them that take whatever they can. */
public final class FieldParameter {
    private static final String QUOTED = "\"[^\"]*+(?<!\\\\)\"[ \t]*+";
    /** With two apostrophes it may be one of RFC 8187. */
    private static final String TOKEN = "[^;\"']*+(?:'[^;\"']*+'[^;\"']*+)?+";

    private static final Pattern CLEAR =
            Pattern.compile(";[^;=\"']*+(?:= *+(?:" + QUOTED + '|' + TOKEN + "))?+(?=;|\\z)");
    private static final Pattern QUOTE = Pattern.compile("[\"']");

    private FieldParameter() {}

    /**
     * Whether all readers find the same parameters: each quote opens a value right behind its equals sign, or ends it. To
     * some a quote or an apostrophe opens something anywhere, and to some a backslash before one is nothing.
     */
    static boolean isClear(String field) {
        return !QUOTE.matcher(CLEAR.matcher(field).replaceAll("")).find();
    }

    /** The first of a name, without its quotes; empty where it is not there. */
    public static String of(String field, String name) {
        int i = field.indexOf(';');
        while (i >= 0 && i < field.length()) {
            int equals = field.indexOf('=', i);
            if (equals < 0) {
                return "";
            }
            String found = field.substring(i + 1, equals).strip();
            int start = equals + 1;
            while (start < field.length() && field.charAt(start) == ' ') {
                start++;
            }
            StringBuilder value = new StringBuilder();
            i = value(field, start, value);
            if (found.equalsIgnoreCase(name)) {
                return value.toString().strip();
            }
        }
        return "";
    }

    /** Reads a value up to its semicolon, whose index is the result; -1 at the end. */
    private static int value(String field, int start, StringBuilder value) {
        boolean quoted = start < field.length() && field.charAt(start) == '"';
        int i = quoted ? start + 1 : start;
        for (; i < field.length(); i++) {
            char c = field.charAt(i);
            if (quoted && c == '\\' && i + 1 < field.length()) {
                value.append(field.charAt(++i));
            } else if (c == '"' && quoted) {
                return field.indexOf(';', i);
            } else if (c == ';' && !quoted) {
                return i;
            } else {
                value.append(c);
            }
        }
        return -1;
    }
}
