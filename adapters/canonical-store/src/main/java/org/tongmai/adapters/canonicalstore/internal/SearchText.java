package org.tongmai.adapters.canonicalstore.internal;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Makes texts comparable: the index and the searches go through the same steps. */
final class SearchText {
    /** Parts of HumanName and Address that a search looks at. */
    static final List<String> NAME_PARTS =
            List.of("text", "family", "given", "prefix", "suffix", "line", "city", "district", "state");

    /** Longer values are indexed by their beginning: an index row of PostgreSQL can not be longer than 2.7 KB. */
    private static final int MAX_LENGTH = 200;

    private SearchText() {}

    /** Takes away case, width and accents: Ｚhāng → zhang. Chinese stays as it is. */
    static String normalise(String text) {
        if (isPlainLowerCase(text)) {
            return text;
        }
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                kept.append(c);
            }
        }
        return Normalizer.normalize(kept.toString().toLowerCase(Locale.ROOT).strip(), Normalizer.Form.NFC);
    }

    /** Cuts to what the index holds; never inside a surrogate pair. PostgreSQL has no NUL in texts. */
    static String bounded(String value) {
        String clean = value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        if (clean.length() <= MAX_LENGTH) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return clean.substring(0, end);
    }

    /** Shortens a value that must match as a whole: what does not fit is stood for by its hash. */
    static String exact(String value) {
        String clean = value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        if (clean.length() <= MAX_LENGTH) {
            return clean;
        }
        String start = bounded(clean.substring(0, MAX_LENGTH - 40));
        return start + "~" + CanonicalJson.hash(clean.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlainLowerCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean chinese = c >= 0x4e00 && c <= 0x9fff;
            boolean plain = c > ' ' && c < 0x7f && (c < 'A' || c > 'Z');
            if (!chinese && !plain) {
                return false;
            }
        }
        return true;
    }
}
