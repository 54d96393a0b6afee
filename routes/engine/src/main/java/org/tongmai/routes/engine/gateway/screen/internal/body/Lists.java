package org.tongmai.routes.engine.gateway.screen.internal.body;

import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;

/** Values that stand in one text: each is put into a statement by itself, so each is judged as if it had come alone. */
final class Lists {
    private Lists() {}

    /** A list with commas between, as interfaces take in a query; what follows no comma was judged with the whole. */
    static void commas(String list, FieldKind kind, Inspection.Spot spot, Inspection inspection) throws Refused {
        for (int comma = list.indexOf(','); comma >= 0; ) {
            int next = list.indexOf(',', comma + 1);
            String item = list.substring(comma + 1, next < 0 ? list.length() : next);
            if (beginsNumber(item)) {
                inspection.again(item, kind, spot);
            }
            comma = next;
        }
    }

    /** In the middle of prose only a number can go on as a statement: a comma stands in names and addresses too. */
    private static boolean beginsNumber(String item) {
        int from = Nested.first(item);
        char first = from < item.length() ? item.charAt(from) : 0;
        char second = from + 1 < item.length() ? item.charAt(from + 1) : 0;
        return digit(first) || "+-.(@".indexOf(first) >= 0 && (digit(second) || first == '@');
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Cells of RFC 4180, also with semicolons or tabs between. */
    static void csv(String text, Inspection.Spot spot, Inspection inspection) throws Refused {
        FieldKind kind = inspection.kind("");
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            boolean doubled = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (c == '"' && !doubled && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (i == text.length() || !quoted && ",;\t\r\n".indexOf(c) >= 0) {
                if (!cell.isEmpty()) {
                    inspection.again(cell, kind, spot);
                    cell.setLength(0);
                }
            } else {
                cell.append(c);
                i += doubled ? 1 : 0;
            }
        }
    }
}
