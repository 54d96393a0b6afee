package org.tongmai.adapters.canonicalstore;

import java.time.ZoneId;

/**
 * How the store works.
 *
 * @param zone time zone of dates that do not say their own; changing it asks for the dates to be indexed anew
 * @param cacheBytes how much content is kept in memory to save reading what does not change
 * @param recentBytes how much content lately written is kept as it is for those who deliver it; costs ten times that
 * @param maxContentBytes largest resource taken
 */
public record CanonicalStoreSettings(ZoneId zone, long cacheBytes, long recentBytes, int maxContentBytes) {
    public static CanonicalStoreSettings defaults() {
        return new CanonicalStoreSettings(ZoneId.of("Asia/Shanghai"), 48L << 20, 6L << 20, 8 << 20);
    }
}
