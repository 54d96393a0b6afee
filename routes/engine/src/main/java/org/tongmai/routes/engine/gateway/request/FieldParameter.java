package org.tongmai.routes.engine.gateway.request;

/** Parameters of a header field (RFC 9110, 5.6.6), as those services read them that take whatever they can. */
public final class FieldParameter {
    private FieldParameter() {}

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
