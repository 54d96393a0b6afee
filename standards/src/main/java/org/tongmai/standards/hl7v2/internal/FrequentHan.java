package org.tongmai.standards.hl7v2.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Says how usual a Han character is, so that two readings of the same bytes can be compared: the wrong one is made of
 * characters nobody uses. The levels are those of the charsets themselves (GB 2312 level 1 and 2, Big5 level 1); the
 * surnames, address and ward words are in {@code frequent-han.txt}.
 */
final class FrequentHan {
    private static final int LEAD_1_FIRST = 0xB0;
    private static final int LEAD_1_LAST = 0xD7;
    private static final int LEAD_2_LAST = 0xF7;
    private static final int BIG5_FIRST = 0xA4;
    private static final int BIG5_LAST = 0xC6;
    private static final int TRAIL_FIRST = 0xA1;
    private static final int TRAIL_LAST = 0xFE;
    private static final int BIG5_LOW_TRAIL_FIRST = 0x40;
    private static final int BIG5_LOW_TRAIL_LAST = 0x7E;

    static final BitSet USED_DAILY = readUsedDaily();
    static final BitSet SIMPLIFIED = new BitSet();
    static final BitSet SIMPLIFIED_RARER = new BitSet();
    static final BitSet TRADITIONAL = new BitSet();

    static {
        fill(SIMPLIFIED, new Area(CharsetNames.GB18030, LEAD_1_FIRST, LEAD_1_LAST, TRAIL_FIRST, TRAIL_LAST));
        fill(SIMPLIFIED_RARER, new Area(CharsetNames.GB18030, LEAD_1_LAST + 1, LEAD_2_LAST, TRAIL_FIRST, TRAIL_LAST));
        fill(TRADITIONAL, new Area(CharsetNames.BIG5, BIG5_FIRST, BIG5_LAST, TRAIL_FIRST, TRAIL_LAST));
        fill(
                TRADITIONAL,
                new Area(CharsetNames.BIG5, BIG5_FIRST, BIG5_LAST, BIG5_LOW_TRAIL_FIRST, BIG5_LOW_TRAIL_LAST));
    }

    private FrequentHan() {}

    private static void fill(BitSet set, Area area) {
        byte[] pair = new byte[2];
        for (int lead = area.leadFirst(); lead <= area.leadLast(); lead++) {
            for (int trail = area.trailFirst(); trail <= area.trailLast(); trail++) {
                pair[0] = (byte) lead;
                pair[1] = (byte) trail;
                String decoded = new String(pair, area.charset());
                if (decoded.length() == 1 && Character.isIdeographic(decoded.charAt(0))) {
                    set.set(decoded.charAt(0));
                }
            }
        }
    }

    private static BitSet readUsedDaily() {
        try (InputStream in = FrequentHan.class.getResourceAsStream("/org/tongmai/standards/hl7v2/frequent-han.txt")) {
            BitSet set = new BitSet();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .chars()
                    .filter(Character::isIdeographic)
                    .forEach(set::set);
            return set;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Area(java.nio.charset.Charset charset, int leadFirst, int leadLast, int trailFirst, int trailLast) {}
}
