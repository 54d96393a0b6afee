package org.tongmai.console.camelcli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What may be said when a bundle is run, as system properties.
 *
 * @param bundle {@code tongmai.bundle.directory}: folder of the bundle, for its rows and the defaults of its settings;
 *     without it the working directory
 * @param output {@code tongmai.output.directory}: folder of what was mapped; without it a new one in the system's temporary
 *     folder
 */
record RunSettings(Path bundle, Optional<Path> output) {
    static RunSettings of(Properties properties) {
        return new RunSettings(
                Path.of(properties.getProperty("tongmai.bundle.directory", "")),
                Optional.ofNullable(properties.getProperty("tongmai.output.directory"))
                        .map(Path::of));
    }
}
