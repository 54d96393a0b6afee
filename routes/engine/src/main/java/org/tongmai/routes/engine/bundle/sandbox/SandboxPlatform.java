package org.tongmai.routes.engine.bundle.sandbox;

import org.apache.camel.CamelContext;
import org.tongmai.mappings.MappingEngine;

/**
 * What a sandbox has in common with the platform.
 *
 * @param types the data types of {@code transformDataType}
 * @param mappings the maps in force
 */
public record SandboxPlatform(DataTypes types, MappingEngine mappings) {
    /** Registers data types, and what reads samples and replays; called before routes are added. */
    @FunctionalInterface
    public interface DataTypes {
        void register(CamelContext context);
    }
}
