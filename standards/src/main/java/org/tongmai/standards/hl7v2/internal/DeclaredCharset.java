package org.tongmai.standards.hl7v2.internal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What MSH-18 says, found on the bytes alone because nothing can be decoded before it is known.
 *
 * @param name first repetition as written; empty when there is none
 * @param charset what it names; null when there is none or nobody knows it
 */
public record DeclaredCharset(String name, Charset charset) {
    private static final DeclaredCharset NONE = new DeclaredCharset("", null);
    private static final int FIELD_SEPARATOR_OFFSET = 3;
    private static final int SEPARATORS_BEFORE = 17;
    private static final int FIRST_TRAIL_BYTE = 0x40;

    /** Finds MSH-18 of a message that may begin with white space. */
    public static DeclaredCharset find(byte[] raw) {
        int start = 0;
        while (start < raw.length && raw[start] >= 0 && raw[start] <= ' ') {
            start++;
        }
        if (raw.length < start + FIELD_SEPARATOR_OFFSET + 2
                || raw[start] != 'M'
                || raw[start + 1] != 'S'
                || raw[start + 2] != 'H') {
            return NONE;
        }
        DeclaredCharset plain = scan(raw, start + FIELD_SEPARATOR_OFFSET, false);
        if (plain.charset != null) {
            return plain;
        }
        // A Chinese name among the header's applications can hold the separator as its second byte.
        DeclaredCharset byPairs = scan(raw, start + FIELD_SEPARATOR_OFFSET, true);
        return byPairs.charset != null ? byPairs : plain;
    }

    private static DeclaredCharset scan(byte[] raw, int from, boolean skipTrailBytes) {
        byte separator = raw[from];
        int count = 0;
        int i = from;
        while (i < raw.length && raw[i] != '\r' && raw[i] != '\n') {
            if (raw[i] == separator && ++count == SEPARATORS_BEFORE) {
                return named(raw, i + 1, separator);
            }
            boolean pair = skipTrailBytes && raw[i] < 0 && i + 1 < raw.length && isTrail(raw[i + 1]);
            i += pair ? 2 : 1;
        }
        return NONE;
    }

    private static boolean isTrail(byte next) {
        return next < 0 || next >= FIRST_TRAIL_BYTE;
    }

    private static DeclaredCharset named(byte[] raw, int from, byte separator) {
        int end = from;
        while (end < raw.length && raw[end] != separator && raw[end] != '\r' && raw[end] != '\n' && raw[end] != '~') {
            end++;
        }
        if (end == from) {
            return NONE;
        }
        String name = new String(raw, from, end - from, StandardCharsets.ISO_8859_1).trim();
        return new DeclaredCharset(name, CharsetNames.find(name));
    }
}
