package org.tongmai.routes.engine.bundle.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tongmai.mappings.MapSource;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/**
 * The platform's maps with the rows of a bundle's {@code *.map.yaml} laid over them, and a tenant's over those. What they do
 * not change is shared with the platform, and they follow its tables.
 */
public final class OverlayMappings implements BundleMappings {
    private static final String SUFFIX = ".map.yaml";

    private final Supplier<MappingEngine> platforms;

    /** @param platforms the platform's maps; asked for when somebody has rows of his own */
    public OverlayMappings(Supplier<MappingEngine> platforms) {
        this.platforms = platforms;
    }

    @Override
    public Optional<MappingEngine> of(BundleArchive archive, Map<String, byte[]> tenantOverlay) {
        List<MapSource> overlays = sources(archive, tenantOverlay);
        return overlays.isEmpty()
                ? Optional.empty()
                : Optional.of(platforms.get().with(overlays));
    }

    /** The rows of a bundle and of its tenant, in the order they are laid. */
    public static List<MapSource> sources(BundleArchive archive, Map<String, byte[]> tenantOverlay) {
        List<MapSource> overlays = new ArrayList<>();
        add(archive.files(), archive.id() + "/", overlays);
        add(new TreeMap<>(tenantOverlay), "tenant/", overlays);
        return overlays;
    }

    /** Files of the top folder only: those in {@code test/} are no rows. */
    private static void add(Map<String, byte[]> files, String place, List<MapSource> overlays) {
        files.forEach((name, content) -> {
            if (name.endsWith(SUFFIX) && name.indexOf('/') < 0) {
                overlays.add(new MapSource(place + name, new String(content, StandardCharsets.UTF_8)));
            }
        });
    }
}
