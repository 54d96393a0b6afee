package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Locale;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/** CSS that runs script (Internet Explorer's expressions and behaviours, Firefox' bindings) or fetches style from outside. */
final class Style {
    private final MarkupTables tables;

    Style(MarkupTables tables) {
        this.tables = tables;
    }

    /** Whether declarations bear script; {@code css} is a style attribute's value. */
    boolean bearsScript(String css, Work work) {
        work.charge(css.length());
        String plain = plain(css);
        return plain.contains("expression(")
                || plain.contains("-moz-binding")
                || plain.contains("behavior:")
                || plain.contains("@import")
                || scriptAddress(plain, work);
    }

    /** Whether a bare value is a declaration that bears script, and not prose about an expression. */
    boolean isScript(String value, Work work) {
        work.charge(value.length());
        String plain = plain(value);
        int call = plain.indexOf("expression(");
        boolean expression = call > 0
                && plain.lastIndexOf(':', call) >= 0
                && new Script(tables, plain, call + "expression".length(), (char) 0).read(work) != Script.Effect.NONE;
        return expression
                || plain.contains("@importurl(")
                || plain.contains("-moz-binding:")
                || plain.contains("behavior:url(")
                || scriptAddress(plain, work);
    }

    private boolean scriptAddress(String plain, Work work) {
        for (int i = plain.indexOf("url("); i >= 0; i = plain.indexOf("url(", i + 1)) {
            int start = i + "url(".length();
            while (start < plain.length() && "'\"".indexOf(plain.charAt(start)) >= 0) {
                start++;
            }
            int end = Math.min(plain.length(), start + 200);
            work.charge(end - start);
            Address address = Address.of(plain.substring(start, end));
            if (address != null
                    && (tables.isScriptScheme(address.scheme())
                            || tables.isDocumentType(address.mediaType()) && !image(address))) {
                return true;
            }
        }
        return false;
    }

    /** An SVG as a background runs no script. */
    private static boolean image(Address address) {
        return address.mediaType().startsWith("image/");
    }

    /** Lower case, without comments, escapes and white space. */
    private static String plain(String css) {
        StringBuilder plain = new StringBuilder(css.length());
        for (int i = 0; i < css.length(); i++) {
            char c = css.charAt(i);
            if (c == '/' && i + 1 < css.length() && css.charAt(i + 1) == '*') {
                int end = css.indexOf("*/", i + 2);
                i = end < 0 ? css.length() : end + 1;
            } else if (c == '\\' && i + 1 < css.length()) {
                int digits = i + 1;
                while (digits < css.length() && digits - i <= 6 && Character.digit(css.charAt(digits), 16) >= 0) {
                    digits++;
                }
                if (digits > i + 1) {
                    int point = Integer.parseInt(css.substring(i + 1, digits), 16);
                    plain.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xFFFD);
                    i = digits < css.length() && css.charAt(digits) <= ' ' ? digits : digits - 1;
                }
            } else if (c > ' ') {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
