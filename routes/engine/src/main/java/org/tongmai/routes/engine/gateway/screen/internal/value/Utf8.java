package org.tongmai.routes.engine.gateway.screen.internal.value;

/**
 * UTF-8 as careless decoders read it: overlong forms (RFC 3629 section 3 forbids them) become what they hide. Whatever else
 * is not UTF-8 becomes U+FFFD.
 */
public final class Utf8 {
    private static final char REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** Decodes the first {@code length} bytes. */
    public static String lenient(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder(length);
        int i = 0;
        while (i < length) {
            int lead = bytes[i] & 0xFF;
            int more = more(lead);
            int point = more <= 0 ? lead : lead & 0x3F >> more;
            int read = 0;
            while (read < more && i + read + 1 < length && (bytes[i + read + 1] & 0xC0) == 0x80) {
                point = point << 6 | bytes[i + read + 1] & 0x3F;
                read++;
            }
            boolean whole = read == more && Character.isValidCodePoint(point);
            text.appendCodePoint(whole ? point : REPLACEMENT);
            i += 1 + Math.max(read, 0);
        }
        return text.toString();
    }

    /** How many bytes follow a lead byte; -1 where it is none. */
    private static int more(int lead) {
        if (lead < 0x80) {
            return 0;
        }
        int ones = Integer.numberOfLeadingZeros(~(lead << 24));
        return ones >= 2 && ones <= 4 ? ones - 1 : -1;
    }
}
