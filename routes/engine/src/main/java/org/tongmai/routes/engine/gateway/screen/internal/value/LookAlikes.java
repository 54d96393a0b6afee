package org.tongmai.routes.engine.gateway.screen.internal.value;

import java.text.Normalizer;
import java.util.BitSet;

/** Characters that servers and browsers turn into those of ASCII, and characters that nobody sees. */
public final class LookAlikes {
    private static final String DANGEROUS = "<>'\"`|=";
    /** Best fits of Windows code pages for the apostrophe, which NFKC leaves alone. */
    private static final String APOSTROPHES = "\u02B9\u02BB\u02BC\u02C8\u2032\u2035";

    /** Whose capital is that of ASCII. */
    private static final char DOTLESS = 0x131;

    private static final BitSet DISGUISES = disguises();

    private LookAlikes() {}

    /** Whether a character becomes a mark or a letter of ASCII in its compatibility form. */
    public static boolean isDisguise(char c) {
        return c >= 0x80 && DISGUISES.get(c);
    }

    /** Controls but white space, soft hyphens, joiners, marks of direction: left out by whoever shows or cleans text. */
    public static boolean isUnseen(char c) {
        if (c < 0x80) {
            return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F;
        }
        return c == 0xAD
                || c >= 0x200B && c <= 0x200F
                || c >= 0x2060 && c <= 0x2064
                || c == 0xFEFF
                || c >= 0x202A && c <= 0x202E;
    }

    static char plain(char c) {
        return APOSTROPHES.indexOf(c) >= 0 ? '\'' : c == DOTLESS ? 'i' : c;
    }

    private static BitSet disguises() {
        BitSet found = new BitSet(0x10000);
        for (int c = 0x80; c < 0x10000; c++) {
            if (Character.isSurrogate((char) c) || !Character.isDefined(c)) {
                continue;
            }
            String form = Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFKC);
            boolean letter = form.length() == 1 && form.charAt(0) < 0x80 && Character.isLetter(form.charAt(0));
            boolean mark = form.chars().anyMatch(unit -> DANGEROUS.indexOf(unit) >= 0);
            if (letter || mark || c == DOTLESS || APOSTROPHES.indexOf(c) >= 0) {
                found.set(c);
            }
        }
        return found;
    }
}
