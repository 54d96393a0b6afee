package org.tongmai.standards.crypto.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A query in one way of writing it: parameters {@code name=value}, each percent-encoded as RFC 3986 (2.1, 2.3) has it,
 * sorted by name, then by value, in the order of ASCII after encoding, and joined by {@code &}. A {@code +} is a space,
 * as every server reads it. Empty parameters are left out, one without {@code =} has an empty value. Bytes stay bytes:
 * what charset they are in is nobody's business here.
 */
final class CanonicalQuery {
    private static final String HEX = "0123456789ABCDEF";
    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        for (char c = 0; c < UNRESERVED.length; c++) {
            UNRESERVED[c] =
                    c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "-._~".indexOf(c) >= 0;
        }
    }

    private record Parameter(String name, String value) {}

    private static final Comparator<Parameter> BY_NAME_THEN_VALUE =
            Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

    private CanonicalQuery() {}

    static void append(String query, AsciiText text) {
        if (isCanonical(query)) {
            text.append(query);
            return;
        }
        List<Parameter> parameters = parse(query);
        parameters.sort(BY_NAME_THEN_VALUE);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            (i == 0 ? text : text.append('&'))
                    .append(parameter.name())
                    .append('=')
                    .append(parameter.value());
        }
    }

    /** Whether writing it anew would change nothing; most callers send what they signed. */
    private static boolean isCanonical(String query) {
        int begin = 0;
        Parameter before = null;
        while (begin < query.length()) {
            int end = query.indexOf('&', begin);
            end = end < 0 ? query.length() : end;
            int equals = equalsSign(query, begin, end);
            if (equals == end || !isEncoded(query, begin, equals) || !isEncoded(query, equals + 1, end)) {
                return false;
            }
            Parameter parameter = new Parameter(query.substring(begin, equals), query.substring(equals + 1, end));
            if (before != null && BY_NAME_THEN_VALUE.compare(before, parameter) > 0) {
                return false;
            }
            before = parameter;
            begin = end + 1;
        }
        return !query.endsWith("&");
    }

    /** Where the name ends; not searched for beyond the parameter, so that many without a value cost no more than few. */
    private static int equalsSign(String query, int begin, int end) {
        int at = begin;
        while (at < end && query.charAt(at) != '=') {
            at++;
        }
        return at;
    }

    private static boolean isEncoded(String query, int begin, int end) {
        int i = begin;
        while (i < end) {
            char c = query.charAt(i);
            if (c < UNRESERVED.length && UNRESERVED[c]) {
                i++;
            } else if (c == '%' && i + 2 < end && isNeededTriplet(query, i)) {
                i += 3;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isNeededTriplet(String query, int at) {
        int high = HEX.indexOf(query.charAt(at + 1));
        int low = HEX.indexOf(query.charAt(at + 2));
        int value = high << 4 | low;
        return high >= 0 && low >= 0 && !(value < UNRESERVED.length && UNRESERVED[value]);
    }

    private static List<Parameter> parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        int begin = 0;
        while (begin <= query.length()) {
            int end = query.indexOf('&', begin);
            end = end < 0 ? query.length() : end;
            if (end > begin) {
                int equals = equalsSign(query, begin, end);
                parameters.add(
                        new Parameter(encoded(query, begin, equals), encoded(query, Math.min(equals + 1, end), end)));
            }
            begin = end + 1;
        }
        return parameters;
    }

    private static String encoded(String query, int begin, int end) {
        AsciiText text = new AsciiText(end - begin + 16);
        int i = begin;
        while (i < end) {
            char c = query.charAt(i);
            if (c == '%') {
                encode(octet(query, i, end), text);
                i += 3;
            } else if (c < ' ' || c > '~') {
                throw SignedRequest.refused("query", "character " + (i + 1) + " must be percent-encoded");
            } else {
                encode(c == '+' ? ' ' : c, text);
                i++;
            }
        }
        return text.text();
    }

    private static int octet(String query, int at, int end) {
        int high = at + 2 < end ? Character.digit(query.charAt(at + 1), 16) : -1;
        int low = at + 2 < end ? Character.digit(query.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw SignedRequest.refused(
                    "query", "character " + (at + 1) + " is % without the two hexadecimal digits that follow it");
        }
        return high << 4 | low;
    }

    private static void encode(int octet, AsciiText text) {
        if (octet < UNRESERVED.length && UNRESERVED[octet]) {
            text.append((char) octet);
        } else {
            text.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
        }
    }
}
