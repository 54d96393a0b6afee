package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import picocli.CommandLine.Parameters;

/** The bundle a command is about: a folder, or a file made of one. */
final class BundleSource {
    @Parameters(index = "0", paramLabel = "<bundle>", description = "The bundle's folder, or its zip.")
    private Path path;

    /** @throws org.tongmai.standards.error.CodedException when it is a zip and not that of a bundle */
    BundleArchive read() throws IOException {
        return folder()
                ? BundleArchive.ofFolder(path.toRealPath())
                : BundleZip.read(path).archive();
    }

    boolean folder() {
        return Files.isDirectory(path);
    }

    Path path() {
        return path;
    }
}
