package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;

/** Reads reference ranges as OBX-7 writes them: {@code 3.5-5.5}, {@code 3.5--5.5}, {@code <5}, {@code >=60}. */
final class RangeText {
    private RangeText() {}

    static JsonNode low(String text) {
        if (text.startsWith(">")) {
            return number(text.substring(text.startsWith(">=") ? 2 : 1));
        }
        int at = separator(text);
        return at < 0 ? null : number(text.substring(0, at));
    }

    static JsonNode high(String text) {
        if (text.startsWith("<")) {
            return number(text.substring(text.startsWith("<=") ? 2 : 1));
        }
        int at = separator(text);
        if (at < 0) {
            return null;
        }
        int after = at + 1;
        while (after < text.length() && (text.charAt(after) == '-' || text.charAt(after) == ' ')) {
            after++;
        }
        return number(text.substring(after));
    }

    private static int separator(String text) {
        int at = text.indexOf('-', 1);
        return at < 0 ? Math.max(text.indexOf('~'), text.indexOf('～')) : at;
    }

    private static JsonNode number(String text) {
        String plain = text.trim();
        return Numbers.isDecimal(plain) ? DecimalNode.valueOf(new BigDecimal(Numbers.plain(plain))) : null;
    }
}
