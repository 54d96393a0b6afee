package org.tongmai.routes.engine.bundle.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The folder of bundles that are deployed at a start: sub-folders with a manifest, and zips. */
final class Folder {
    private static final String ZIP = ".zip";

    private final List<SignedArchive> readable = new ArrayList<>();
    private final Map<String, List<Issue>> unreadable = new TreeMap<>();

    private Folder() {}

    static Folder read(Path path) {
        Folder folder = new Folder();
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry :
                    entries.sorted(Comparator.comparing(Path::getFileName)).toList()) {
                folder.add(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private void add(Path entry) throws IOException {
        String name = entry.getFileName().toString();
        try {
            if (Files.isRegularFile(entry.resolve(BundleArchive.MANIFEST))) {
                readable.add(new SignedArchive(BundleArchive.ofFolder(entry), Optional.empty()));
            } else if (name.endsWith(ZIP) && Files.isRegularFile(entry)) {
                readable.add(BundleZip.read(entry));
            }
        } catch (CodedException e) {
            unreadable.put(name, e.issues());
        }
    }

    List<SignedArchive> readable() {
        return List.copyOf(readable);
    }

    /** What could not be read, by file name, and why. */
    Map<String, List<Issue>> unreadable() {
        return unreadable;
    }
}
