package org.tongmai.routes.engine.gateway.screen;

import java.util.function.UnaryOperator;

/** Ways to write a payload that an application behind the gateway may undo. */
enum Disguise {
    PERCENT(value -> Carrier.percent(value).replace("+", "%20")),
    PERCENT_TWICE(value -> Carrier.percent(Carrier.percent(value).replace("+", "%20"))),
    REFERENCES(value -> each(value, "&#x%x;")),
    REFERENCES_DECIMAL(value -> each(value, "&#%07d;")),
    SCRIPT_ESCAPES(value -> each(value, "\\u%04x")),
    UNICODE_PERCENT(value -> each(value, "%%u%04X")),
    FULL_WIDTH(Disguise::fullWidth),
    UNSEEN(value -> value.replace("e", "e\u200B").replace("o", "\u00ADo")),
    NULLS(value -> value.replace("r", "r\u0000")),
    ALTERNATING_CASE(Disguise::alternating);

    private final UnaryOperator<String> how;

    Disguise(UnaryOperator<String> how) {
        this.how = how;
    }

    String apply(String payload) {
        return how.apply(payload);
    }

    /** Whether the payload is still itself in this disguise: case matters in references, base64 and UTF-7. */
    boolean suits(String payload) {
        return switch (this) {
            case ALTERNATING_CASE -> !payload.contains("&") && !payload.contains("base64") && !payload.contains("+AD");
            case FULL_WIDTH -> !payload.contains("%");
            case PERCENT_TWICE -> !payload.startsWith("%25");
            default -> true;
        };
    }

    private static String each(String value, String format) {
        StringBuilder text = new StringBuilder();
        for (char c : value.toCharArray()) {
            text.append(Character.isLetterOrDigit(c) ? String.valueOf(c) : String.format(format, (int) c));
        }
        return text.toString();
    }

    private static String fullWidth(String value) {
        StringBuilder text = new StringBuilder();
        for (char c : value.toCharArray()) {
            text.append(c > ' ' && c < 0x7F && !Character.isDigit(c) && c != '%' && c != '&' ? (char) (c + 0xFEE0) : c);
        }
        return text.toString();
    }

    private static String alternating(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(i % 2 == 0 ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return text.toString();
    }
}
