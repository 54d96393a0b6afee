package org.tongmai.standards.terminology;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts codes that had no row, in memory, until somebody takes the counts away. Keeps no message and nothing of a
 * patient: a code that is as long as a sentence, or has as many digits in a row as a telephone or identity number, is
 * counted without being kept. Bounded: beyond {@link #LIMIT} different codes the rest is counted per table.
 */
public final class UnmappedCodes implements UnmappedListener {
    /** In place of a code that is not kept. */
    public static final String NOT_KEPT = "";
    /** Different codes between two {@link #take}s. */
    public static final int LIMIT = 10_000;

    private static final int LONGEST = 64;
    private static final int DIGITS = 8;

    private final Map<Key, Long> counts = new ConcurrentHashMap<>();

    /**
     * What is counted.
     *
     * @param sender MSH-4, or MSH-3 where there is none
     * @param conceptMap name of the map that has no row
     * @param code as the sender wrote it, or {@link #NOT_KEPT}
     */
    public record Key(String sender, String conceptMap, String code) {}

    /**
     * One line of the work list.
     *
     * @param key what is counted
     * @param count how often it occurred
     * @param firstSeen when it was first counted
     * @param lastSeen when it was last counted
     */
    public record Line(Key key, long count, Instant firstSeen, Instant lastSeen) {}

    @Override
    public void unmapped(String sender, String conceptMap, String code) {
        Key key = new Key(shortened(sender), conceptMap, kept(code));
        boolean full = counts.size() >= LIMIT && !counts.containsKey(key);
        counts.merge(full ? new Key(NOT_KEPT, conceptMap, NOT_KEPT) : key, 1L, Long::sum);
    }

    /** Takes the counts since the last time away; they are the caller's to keep. */
    public Map<Key, Long> take() {
        Map<Key, Long> taken = new HashMap<>();
        for (Key key : counts.keySet()) {
            Long count = counts.remove(key);
            if (count != null) {
                taken.put(key, count);
            }
        }
        return taken;
    }

    /** Puts counts back that could not be kept. */
    public void putBack(Map<Key, Long> taken) {
        taken.forEach((key, count) -> counts.merge(key, count, Long::sum));
    }

    private static String shortened(String sender) {
        String clean = sender.replace('\0', ' ');
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }

    static String kept(String code) {
        int digits = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            digits = Character.isDigit(c) ? digits + 1 : 0;
            if (digits >= DIGITS || Character.isISOControl(c)) {
                return NOT_KEPT;
            }
        }
        return code.length() > LONGEST ? NOT_KEPT : code;
    }
}
