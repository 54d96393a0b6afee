package org.tongmai.routes.engine.gateway.screen.internal.value;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a value becomes when applications behind the gateway decode it once more. One layer takes off percent encoding, HTML
 * character references, escapes of ECMAScript, UTF-7, compatibility forms (NFKC) and characters that are not seen; then
 * the next, up to {@link #MOST_LAYERS}.
 */
public final class Decodings {
    private static final int MOST_LAYERS = 3;
    private static final int SLASHES = 64;
    /** Of a code point in braces, with its backslash: {@code \}{@code u{10ffff}}. */
    private static final int LONGEST_ESCAPE = 10;
    /** Marks on one letter; the form of what has more costs their square (UAX 15, 13). */
    private static final int MOST_MARKS = 30;

    private Decodings() {}

    /** The value and what its layers hide, outermost first. */
    public static List<String> layers(String value, Work work) {
        List<String> layers = new ArrayList<>(2);
        layers.add(value);
        String last = value;
        for (int i = 0; i < MOST_LAYERS; i++) {
            work.charge(last.length());
            String next = layer(last);
            if (next.equals(last)) {
                return layers;
            }
            layers.add(next);
            last = next;
        }
        return layers;
    }

    private static String layer(String value) {
        String text = value.indexOf('%') < 0 ? value : percent(value);
        // Once more encoded, a plus sign is still a space of a form.
        boolean form = text.length() < value.length() && value.indexOf('+') >= 0 && value.indexOf(' ') < 0;
        text = form ? text.replace('+', ' ') : text;
        text = text.indexOf('&') < 0 ? text : References.resolve(text);
        text = text.indexOf('\\') < 0 ? text : escapes(text);
        text = text.contains("+A") ? utf7(text) : text;
        return seen(text);
    }

    /** Takes off percent encoding (RFC 3986 2.1) and {@code %uXXXX}; what is neither stays. */
    public static String percent(String value) {
        StringBuilder text = new StringBuilder(value.length());
        byte[] bytes = null;
        int length = 0;
        for (int i = 0; i < value.length(); ) {
            int octet = value.charAt(i) == '%' ? hex(value, i + 1, 2) : -1;
            if (octet >= 0) {
                bytes = bytes == null ? new byte[value.length() / 3 + 1] : bytes;
                bytes[length++] = (byte) octet;
                i += 3;
                continue;
            }
            if (length > 0) {
                text.append(Utf8.lenient(bytes, length));
                length = 0;
            }
            int unit = value.charAt(i) == '%' && i + 1 < value.length() && (value.charAt(i + 1) | 0x20) == 'u'
                    ? hex(value, i + 2, 4)
                    : -1;
            text.append(unit >= 0 ? (char) unit : value.charAt(i));
            i += unit >= 0 ? 6 : 1;
        }
        return length > 0 ? text.append(Utf8.lenient(bytes, length)).toString() : text.toString();
    }

    /** Escapes of ECMAScript strings: {@code \}{@code u003c}, {@code \}{@code u{3c}}, {@code \x3c}. */
    private static String escapes(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); ) {
            char c = value.charAt(i);
            char kind = c == '\\' && i + 1 < value.length() ? value.charAt(i + 1) : 0;
            int point = -1;
            int length = 0;
            if (kind == 'x') {
                point = hex(value, i + 2, 2);
                length = 4;
            } else if (kind == 'u' && i + 2 < value.length() && value.charAt(i + 2) == '{') {
                int end = i + 3;
                while (end < value.length() && end < i + LONGEST_ESCAPE && value.charAt(end) != '}') {
                    end++;
                }
                point = end < value.length() && value.charAt(end) == '}' ? hex(value, i + 3, end - i - 3) : -1;
                length = end + 1 - i;
            } else if (kind == 'u') {
                point = hex(value, i + 2, 4);
                length = 6;
            }
            if (point >= 0 && Character.isValidCodePoint(point)) {
                text.appendCodePoint(point);
                i += length;
            } else {
                text.append(c);
                i++;
            }
        }
        return text.toString();
    }

    /** UTF-7 (RFC 2152), which old browsers guess: {@code +ADw-}. */
    private static String utf7(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            int end = i + 1;
            while (value.charAt(i) == '+' && end < value.length() && end - i < SLASHES && base64(value.charAt(end))) {
                end++;
            }
            int digits = (end - i - 1) / 4 * 4;
            int rest = end - i - 1 - digits;
            if (end - i > 3 && rest != 1) {
                byte[] units = Base64.getDecoder().decode(value.substring(i + 1, end));
                text.append(new String(units, 0, units.length / 2 * 2, StandardCharsets.UTF_16BE));
                i = end < value.length() && value.charAt(end) == '-' ? end : end - 1;
            } else {
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean base64(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c) || c == '/' || c == '+';
    }

    /** Compatibility forms as what they look like; without what is not seen. */
    private static String seen(String value) {
        boolean plain = true;
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= !LookAlikes.isUnseen(c);
            ascii &= !LookAlikes.isDisguise(c);
        }
        if (plain && ascii) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!LookAlikes.isUnseen(c)) {
                text.append(LookAlikes.plain(c));
            }
        }
        return ascii ? text.toString() : Normalizer.normalize(fewMarks(text), Normalizer.Form.NFKC);
    }

    private static CharSequence fewMarks(StringBuilder text) {
        StringBuilder few = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            marks = isMark(point) ? marks + 1 : 0;
            if (marks <= MOST_MARKS) {
                few.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return few;
    }

    private static boolean isMark(int point) {
        int type = point < 0x300 ? Character.LOWERCASE_LETTER : Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static int hex(String value, int from, int digits) {
        if (digits < 1 || from + digits > value.length()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = value.charAt(i) < 0x80 ? Character.digit(value.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }
}
