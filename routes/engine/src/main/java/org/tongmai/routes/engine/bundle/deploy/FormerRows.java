package org.tongmai.routes.engine.bundle.deploy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tongmai.mappings.MapSource;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.FormerMappings;
import org.tongmai.routes.engine.bundle.RouteBundle.Release;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.OverlayMappings;
import org.tongmai.standards.error.CodedException;

/** The rows of the versions that run here, and those of every release that was taken in, with what its tenant has now. */
final class FormerRows implements FormerMappings {
    private final LocalNode node;
    private final BundleTables tables;
    private final BundleMappings mappings;

    FormerRows(LocalNode node, BundleTables tables, BundleMappings mappings) {
        this.node = node;
        this.tables = tables;
        this.mappings = mappings;
    }

    @Override
    public Optional<MappingEngine> find(String feed, String maps) {
        String instance = feed.substring(0, Math.max(0, feed.lastIndexOf('.')));
        List<Plan> plans = node.find(instance).stream()
                .flatMap(here -> here.running().stream())
                .map(Version::plan)
                .toList();
        Map<String, byte[]> overlay =
                plans.isEmpty() ? Map.of() : plans.get(0).tenant().overlay();
        return plans.stream()
                .map(plan -> plan.mappings().orElse(null))
                .filter(Objects::nonNull)
                .filter(engine -> engine.fingerprint().equals(maps))
                .findFirst()
                .or(() -> released(instance, overlay, maps));
    }

    private Optional<MappingEngine> released(String instance, Map<String, byte[]> overlay, String maps) {
        String bundle = tables.desired(instance).map(Desired::bundle).orElse(instance);
        for (Release release : tables.releases(bundle)) {
            BundleArchive archive = tables.archive(release.digest()).archive();
            List<MapSource> sources = OverlayMappings.sources(archive, overlay);
            if (MappingEngine.fingerprint(sources).equals(maps)) {
                return compiled(archive, overlay);
            }
        }
        return Optional.empty();
    }

    private Optional<MappingEngine> compiled(BundleArchive archive, Map<String, byte[]> overlay) {
        try {
            return mappings.of(archive, overlay);
        } catch (CodedException e) {
            return Optional.empty(); // they do not fit the tables of today: what they did can not be told
        }
    }
}
