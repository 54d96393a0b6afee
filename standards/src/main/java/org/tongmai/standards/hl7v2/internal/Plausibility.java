package org.tongmai.standards.hl7v2.internal;

import java.util.BitSet;

/** Weighs a reading: the mean of what its non-ASCII characters are worth. Usual characters up, accidents down. */
final class Plausibility {
    private static final int ENOUGH = 2000;
    private static final double DAILY = 3;
    private static final double FIRST_LEVEL = 2;
    private static final double SECOND_LEVEL = 1;
    private static final double ACCIDENT = -6;
    private static final double ODD = -1;
    private static final double RARE_HAN = -0.5;
    private static final double HAN_IN_LATIN_WORD = -3;

    private Plausibility() {}

    static double of(CharsetDetection.Reading reading) {
        String text = reading.text();
        Levels levels = Levels.of(reading);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < text.length() && count < ENOUGH; ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c >= 0x80) {
                boolean inWord = i > 0 && isLatinLetter(text.charAt(i - 1))
                        || next < text.length() && isLatinLetter(text.charAt(next));
                boolean inRun =
                        i > 0 && text.charAt(i - 1) >= 0x80 || next < text.length() && text.charAt(next) >= 0x80;
                sum += Character.isIdeographic(c) ? han(c, levels, inWord) : other(c, inWord, inRun);
                count++;
            }
            i = next;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double han(int c, Levels levels, boolean inWord) {
        double worth;
        if (FrequentHan.USED_DAILY.get(c) && levels.common().get(c)) {
            worth = DAILY;
        } else if (levels.common().get(c)) {
            worth = FIRST_LEVEL;
        } else if (levels.rarer().get(c)) {
            worth = SECOND_LEVEL;
        } else {
            worth = c >= 0x4E00 && c < 0xA000 ? 0 : RARE_HAN;
        }
        return inWord ? worth + HAN_IN_LATIN_WORD : worth;
    }

    private static double other(int c, boolean inWord, boolean inRun) {
        int type = Character.getType(c);
        if (c == 0xFFFD || c < 0xA0 || type == Character.UNASSIGNED || type == Character.PRIVATE_USE) {
            return ACCIDENT;
        }
        if (c >= 0x3000 && c < 0x3040 || c >= 0xFF00 && c <= 0xFFEF || c == 0xB7 || c >= 0x2010 && c <= 0x2026) {
            return SECOND_LEVEL;
        }
        if (c >= 0xC0 && c < 0x250 && Character.isLetter(c)) {
            return latin(inWord, inRun);
        }
        return Character.isLetter(c) ? ODD : 0;
    }

    /** An accented letter stands among plain letters; a row of accented letters is some other charset's text. */
    private static double latin(boolean inWord, boolean inRun) {
        if (inRun) {
            return ODD;
        }
        return inWord ? FIRST_LEVEL : SECOND_LEVEL / 2;
    }

    private static boolean isLatinLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Which characters are usual in texts of the reading's charset; either script for UTF-8. */
    private record Levels(BitSet common, BitSet rarer) {
        private static final Levels GB = new Levels(FrequentHan.SIMPLIFIED, FrequentHan.SIMPLIFIED_RARER);
        private static final Levels BIG5 = new Levels(FrequentHan.TRADITIONAL, new BitSet());
        private static final Levels EITHER = either();

        static Levels of(CharsetDetection.Reading reading) {
            if (reading.charset().equals(CharsetNames.GB18030)) {
                return GB;
            }
            String name = reading.charset().name();
            return name.startsWith("Big5") || name.endsWith("950") ? BIG5 : EITHER;
        }

        private static Levels either() {
            BitSet both = (BitSet) FrequentHan.SIMPLIFIED.clone();
            both.or(FrequentHan.TRADITIONAL);
            return new Levels(both, FrequentHan.SIMPLIFIED_RARER);
        }
    }
}
