package org.tongmai.routes.engine.bundle;

import java.util.Map;
import java.util.Optional;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/** Makes the mappings of one version of a bundle: the platform's with the overlay rows of the bundle and its tenant. */
@FunctionalInterface
public interface BundleMappings {
    /** No bundle has rows of its own. */
    BundleMappings NONE = (archive, tenantOverlay) -> Optional.empty();

    /**
     * Compiles the overlay.
     *
     * @param archive whose {@code *.map.yaml} are the bundle's overlay
     * @param tenantOverlay further {@code *.map.yaml} by name, of the tenant; they win over the bundle's
     * @return the engine of this version; empty when neither has a row of its own: then the platform's is used
     * @throws org.tongmai.standards.error.CodedException when a row can not be compiled, with file and line
     */
    Optional<MappingEngine> of(BundleArchive archive, Map<String, byte[]> tenantOverlay);
}
