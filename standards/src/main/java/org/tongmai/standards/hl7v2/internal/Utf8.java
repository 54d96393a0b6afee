package org.tongmai.standards.hl7v2.internal;

/** Checks UTF-8 strictly (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), without decoding. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] raw, int start) {
        int i = start;
        while (i < raw.length) {
            if (raw[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceLength(raw, i);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    private static int sequenceLength(byte[] raw, int i) {
        int lead = raw[i] & 0xFF;
        int length = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (length == 0 || i + length > raw.length) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if ((raw[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = raw[i + 1] & 0xFF;
        boolean forbidden = lead == 0xE0 && second < 0xA0
                || lead == 0xED && second > 0x9F
                || lead == 0xF0 && second < 0x90
                || lead == 0xF4 && second > 0x8F;
        return forbidden ? 0 : length;
    }
}
