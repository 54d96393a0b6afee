package org.tongmai.mappings;

import java.time.ZoneId;
import java.util.List;

/**
 * How maps are compiled and run.
 *
 * @param zone of times without an offset in messages without one in MSH-7
 * @param overlays laid over the packaged maps, in order
 */
public record MappingSettings(ZoneId zone, List<MapSource> overlays) {
    public MappingSettings {
        overlays = List.copyOf(overlays);
    }

    /** Asia/Shanghai, no overlay. */
    public static MappingSettings defaults() {
        return new MappingSettings(ZoneId.of("Asia/Shanghai"), List.of());
    }
}
