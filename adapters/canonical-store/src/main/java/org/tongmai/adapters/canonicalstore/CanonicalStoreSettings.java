package org.tongmai.adapters.canonicalstore;

import java.time.ZoneId;

/**
 * How the store works.
 *
 * @param zone time zone of dates that do not say their own; changing it asks for the dates to be indexed anew
 * @param cacheBytes how much content is kept in memory to save asking for what is known; by default a 32nd of the heap, 48
 *     to 192 MB, which is what 40 000 to 160 000 visits under way take
 * @param recentBytes how much content lately written is kept as it is for those who deliver it; costs ten times that
 * @param maxContentBytes largest resource taken
 */
public record CanonicalStoreSettings(ZoneId zone, long cacheBytes, long recentBytes, int maxContentBytes) {
    public static CanonicalStoreSettings defaults() {
        long cacheBytes =
                Math.max(48L << 20, Math.min(192L << 20, Runtime.getRuntime().maxMemory() / 32));
        return new CanonicalStoreSettings(ZoneId.of("Asia/Shanghai"), cacheBytes, 6L << 20, 8 << 20);
    }
}
