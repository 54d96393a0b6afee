package org.tongmai.mappings;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * How maps are compiled and run.
 *
 * @param zone of times without an offset in messages without one in MSH-7
 * @param overlays laid over the packaged maps, in order
 * @param extent how much is mapped
 */
public record MappingSettings(ZoneId zone, List<MapSource> overlays, Extent extent) {
    public MappingSettings {
        overlays = List.copyOf(overlays);
    }

    /** What the canonical store keeps. */
    public MappingSettings(ZoneId zone, List<MapSource> overlays) {
        this(zone, overlays, Extent.STORED);
    }

    /** The same with further overlays. */
    public MappingSettings with(List<MapSource> further) {
        List<MapSource> all = new ArrayList<>(overlays);
        all.addAll(further);
        return new MappingSettings(zone, all, extent);
    }

    /** Asia/Shanghai, no overlay, what the canonical store keeps. */
    public static MappingSettings defaults() {
        return new MappingSettings(ZoneId.of("Asia/Shanghai"), List.of());
    }
}
