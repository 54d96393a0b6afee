package org.tongmai.standards.hl7v2.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Decides which charset bytes are in: first by what is strictly valid, then by which reading is made of characters
 * people use ({@link Plausibility}).
 */
public final class CharsetDetection {
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final Charset GB18030 = CharsetNames.GB18030;
    private static final Charset BIG5 = CharsetNames.BIG5;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final List<Charset> BIG5_KIN =
            List.of(BIG5, Charset.forName("x-windows-950"), Charset.forName("Big5-HKSCS"));

    /** A single-byte claim is given up for Chinese only when the Chinese reading is made of usual characters. */
    private static final double CONVINCING_CHINESE = 1.5;

    private CharsetDetection() {}

    /**
     * One way to read the bytes.
     *
     * @param text all of it
     * @param charset how it was read
     * @param certain false when no strict reading was found and some characters may be replaced or wrong
     */
    public record Reading(String text, Charset charset, boolean certain) {}

    /**
     * Reads bytes that are not plain ASCII.
     *
     * @param raw the bytes
     * @param start where the text begins, behind a byte order mark
     * @param claimed what they are said to be in; null when nothing is said
     */
    public static Reading read(byte[] raw, int start, Charset claimed) {
        boolean utf8 = Utf8.isValid(raw, start);
        if (utf8 && UTF_8.equals(claimed)) {
            return new Reading(new String(raw, start, raw.length - start, UTF_8), UTF_8, true);
        }
        Reading asClaimed = claimed == null || UTF_8.equals(claimed) ? null : strict(raw, start, claimed);
        Reading asUtf8 = utf8 ? new Reading(new String(raw, start, raw.length - start, UTF_8), UTF_8, true) : null;
        if (asClaimed != null && holds(asClaimed, asUtf8, raw, start)) {
            return asClaimed;
        }
        Reading detected = detect(raw, start, asUtf8);
        Reading lenient = lenient(raw, start, claimed == null ? UTF_8 : claimed);
        // One broken byte does not make a Chinese text a western one.
        boolean onlyWestern = detected.charset() == StandardCharsets.ISO_8859_1 || detected.charset() == WINDOWS_1252;
        return onlyWestern && Plausibility.of(lenient) > Plausibility.of(detected) ? lenient : detected;
    }

    private static Reading lenient(byte[] raw, int start, Charset charset) {
        return new Reading(new String(raw, start, raw.length - start, charset), charset, false);
    }

    private static boolean holds(Reading asClaimed, Reading asUtf8, byte[] raw, int start) {
        double claimScore = Plausibility.of(asClaimed);
        if (asUtf8 != null && Plausibility.of(asUtf8) > claimScore) {
            return false;
        }
        boolean singleByte = asClaimed.charset().newEncoder().maxBytesPerChar() <= 1f;
        return !singleByte || claimScore >= 0 || chineseScore(raw, start) < CONVINCING_CHINESE;
    }

    private static double chineseScore(byte[] raw, int start) {
        Reading chinese = better(strict(raw, start, GB18030), strictBig5(raw, start));
        return chinese == null ? Double.NEGATIVE_INFINITY : Plausibility.of(chinese);
    }

    private static Reading detect(byte[] raw, int start, Reading asUtf8) {
        Reading chinese = better(strict(raw, start, GB18030), strictBig5(raw, start));
        Reading best = better(asUtf8, chinese);
        Reading western = western(raw, start);
        if (best == null) {
            return western;
        }
        return Plausibility.of(western) > Plausibility.of(best) ? western : best;
    }

    private static Reading strictBig5(byte[] raw, int start) {
        for (Charset charset : BIG5_KIN) {
            Reading reading = strict(raw, start, charset);
            if (reading != null) {
                return new Reading(reading.text(), charset, true);
            }
        }
        return null;
    }

    /** Every byte is something in it, so it is the last resort; certain only without stray control characters. */
    private static Reading western(byte[] raw, int start) {
        for (int i = start; i < raw.length; i++) {
            if (raw[i] < (byte) 0xA0 && raw[i] < 0) {
                Reading windows = strict(raw, start, WINDOWS_1252);
                if (windows != null) {
                    return windows;
                }
                break;
            }
        }
        String text = new String(raw, start, raw.length - start, StandardCharsets.ISO_8859_1);
        boolean certain = text.chars().noneMatch(c -> c >= 0x80 && c < 0xA0);
        return new Reading(text, StandardCharsets.ISO_8859_1, certain);
    }

    private static Reading better(Reading one, Reading other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Plausibility.of(other) > Plausibility.of(one) ? other : one;
    }

    private static Reading strict(byte[] raw, int start, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(raw, start, raw.length - start))
                    .toString();
            return new Reading(text, charset, true);
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
