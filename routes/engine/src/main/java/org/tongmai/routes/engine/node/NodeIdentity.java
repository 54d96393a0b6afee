package org.tongmai.routes.engine.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Who this process is.
 *
 * @param name stays the same over restarts, so that a restarted node finds its own unfinished work
 * @param run unique for this process; a newer run of the same name fences an older one
 * @param pulse whether it lives
 */
public record NodeIdentity(String name, UUID run, Pulse pulse) {
    private static final String FILE = "node-name";

    public static NodeIdentity named(String name) {
        return new NodeIdentity(name, UUID.randomUUID(), new Pulse());
    }

    /** Who holds a lease: two runs of one name, should both live, must not share it. */
    public String holder() {
        return name + "/" + run;
    }

    /** Reads the name kept in the data directory; invents and keeps one the first time. */
    public static NodeIdentity keptIn(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                String name = Files.readString(file).strip();
                if (!name.isEmpty()) {
                    return named(name);
                }
            }
            String name = "node-" + UUID.randomUUID().toString().substring(0, 8);
            Files.createDirectories(dataDirectory);
            Files.writeString(file, name + System.lineSeparator());
            return named(name);
        } catch (IOException e) {
            throw new UncheckedIOException("node name can not be kept in the data directory", e);
        }
    }
}
