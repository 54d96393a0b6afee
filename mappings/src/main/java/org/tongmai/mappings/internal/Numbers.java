package org.tongmai.mappings.internal;

/** Recognises the NM data type: optional sign, digits, optional fraction (HL7 v2.8 chapter 2A.2.46). */
final class Numbers {
    private Numbers() {}

    static boolean isDecimal(String text) {
        int at = 0;
        int length = text.length();
        if (at < length && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        int digits = 0;
        int points = 0;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else {
                return false;
            }
        }
        return digits > 0 && digits <= 40 && points <= 1;
    }

    static boolean isInteger(String text) {
        return isDecimal(text) && text.indexOf('.') < 0 && text.length() <= 9;
    }

    /** Without the plus sign and outer points JSON does not know. */
    static String plain(String text) {
        String out = text.startsWith("+") ? text.substring(1) : text;
        if (out.startsWith(".")) {
            out = "0" + out;
        }
        if (out.startsWith("-.")) {
            out = "-0" + out.substring(1);
        }
        return out.endsWith(".") ? out.substring(0, out.length() - 1) : out;
    }
}
