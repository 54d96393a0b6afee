package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** A value read as an address, as browsers read it (WHATWG URL 4.4): controls around it and tabs in it do not count. */
record Address(String scheme, String rest) {
    private static final int LONGEST_SCHEME = 64;
    private static final Set<String> OF_SERVERS = Set.of("http", "https", "ftp");

    /** The address, or null where the value has no scheme. */
    static Address of(String value) {
        StringBuilder scheme = new StringBuilder();
        int i = 0;
        while (i < value.length() && (value.charAt(i) <= ' ' || Character.isSpaceChar(value.charAt(i)))) {
            i++;
        }
        for (; i < value.length() && scheme.length() < LONGEST_SCHEME; i++) {
            char c = value.charAt(i);
            if (c == ':') {
                return new Address(scheme.toString().toLowerCase(Locale.ROOT), value.substring(i + 1));
            }
            boolean part = c < 0x80 && Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0;
            if (!part && c >= ' ' && c != 0x7F) {
                return null;
            }
            if (part) {
                scheme.append(c);
            }
        }
        return null;
    }

    /** Whether a value is an address of another server, as a browser takes it from a page. */
    static boolean isElsewhere(String value) {
        String plain = value.strip().replace('\\', '/');
        Address address = of(value);
        return plain.startsWith("//") || address != null && OF_SERVERS.contains(address.scheme());
    }

    /** The media type of a {@code data:} address (RFC 2397), in lower case; empty of any other. */
    String mediaType() {
        if (!scheme.equals("data")) {
            return "";
        }
        int end = 0;
        while (end < rest.length() && ";,".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end).strip().toLowerCase(Locale.ROOT);
    }

    /** The content of a {@code data:} address. */
    String content() {
        int comma = rest.indexOf(',');
        String content = rest.substring(comma + 1);
        if (comma < 0 || !rest.substring(0, comma).toLowerCase(Locale.ROOT).endsWith("base64")) {
            return content;
        }
        StringBuilder digits = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i) == '-' ? '+' : content.charAt(i) == '_' ? '/' : content.charAt(i);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
                digits.append(c);
            }
        }
        digits.setLength(digits.length() % 4 == 1 ? digits.length() - 1 : digits.length());
        return new String(Base64.getDecoder().decode(digits.toString()), StandardCharsets.UTF_8);
    }
}
