package org.tongmai.routes.engine.gateway.screen.internal.value;

import java.util.HashMap;
import java.util.Map;

/** Character references of HTML: all numbers, and the names of {@code character-references.csv}. */
final class References {
    private static final int LONGEST = 12;
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        Tables.rows("character-references.csv", row -> {
            String character = new String(Character.toChars(Integer.parseInt(row.cell(1), 16)));
            Tables.words(row.cell(0)).forEach(name -> NAMES.put(name, character));
            return character;
        });
    }

    private References() {}

    static String resolve(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            int end = value.charAt(i) == '&' ? end(value, i + 1) : i;
            String character = end > i + 1 ? character(value.substring(i + 1, end)) : null;
            if (character == null) {
                text.append(value.charAt(i));
            } else {
                text.append(character);
                i = end < value.length() && value.charAt(end) == ';' ? end : end - 1;
            }
        }
        return text.toString();
    }

    private static int end(String value, int from) {
        int end = from;
        if (end < value.length() && value.charAt(end) == '#') {
            end++;
            boolean hex = end < value.length() && (value.charAt(end) | 0x20) == 'x';
            end += hex ? 1 : 0;
            while (end < value.length()
                    && value.charAt(end) < 0x80
                    && Character.digit(value.charAt(end), hex ? 16 : 10) >= 0) {
                end++;
            }
            return end;
        }
        while (end < value.length()
                && end - from < LONGEST
                && value.charAt(end) < 0x80
                && Character.isLetterOrDigit(value.charAt(end))) {
            end++;
        }
        return end;
    }

    /** What a reference without ampersand and semicolon stands for, or null. */
    private static String character(String name) {
        if (name.charAt(0) != '#') {
            return NAMES.get(name);
        }
        boolean hex = name.length() > 1 && (name.charAt(1) | 0x20) == 'x';
        int first = hex ? 2 : 1;
        while (first < name.length() - 1 && name.charAt(first) == '0') {
            first++;
        }
        if (first >= name.length() || name.length() - first > 7) {
            return null;
        }
        int point = Integer.parseInt(name.substring(first), hex ? 16 : 10);
        return Character.isValidCodePoint(point) ? new String(Character.toChars(point)) : null;
    }
}
