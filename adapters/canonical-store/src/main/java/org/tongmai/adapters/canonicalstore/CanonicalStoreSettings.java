package org.tongmai.adapters.canonicalstore;

import java.time.ZoneId;

/**
 * How the store works.
 *
 * @param zone time zone of dates that do not say their own; changing it asks for the dates to be indexed anew
 * @param cacheBytes how much content is kept in memory to save reading what does not change
 * @param recentVersions how many versions lately written are kept as they are for those who deliver them
 * @param maxContentBytes largest resource taken
 */
public record CanonicalStoreSettings(ZoneId zone, long cacheBytes, int recentVersions, int maxContentBytes) {
    public static CanonicalStoreSettings defaults() {
        return new CanonicalStoreSettings(ZoneId.of("Asia/Shanghai"), 48L << 20, 4000, 8 << 20);
    }
}
