package org.tongmai.routes.engine.bundle.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tongmai.standards.crypto.Sm3;

/**
 * The files of one version of a route bundle, wherever they came from, and the digest that says which they are. Two
 * archives with the same files have the same digest, however they were packed.
 */
public final class BundleArchive {
    private final String id;
    private final SortedMap<String, byte[]> files;
    private final String digest;

    private BundleArchive(String id, SortedMap<String, byte[]> files) {
        this.id = id;
        this.files = files;
        this.digest = Sm3.hex(listing().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param id the bundle's id: name of its folder
     * @param files content by name; {@code /} separates folders, as in {@code test/admit.hl7}
     */
    public static BundleArchive of(String id, Map<String, byte[]> files) {
        SortedMap<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, content) -> copy.put(name, content.clone()));
        return new BundleArchive(id, copy);
    }

    /** Reads every file of the folder and of those in it; names that begin with a dot are left out. */
    public static BundleArchive ofFolder(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.walk(folder)) {
            entries.filter(Files::isRegularFile).forEach(found::add);
        }
        for (Path file : found) {
            Path name = folder.relativize(file);
            boolean hidden = Stream.iterate(name, each -> each != null, Path::getParent)
                    .anyMatch(each -> each.getFileName().toString().startsWith("."));
            if (!hidden) {
                files.put(name.toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return new BundleArchive(folder.getFileName().toString(), files);
    }

    public String id() {
        return id;
    }

    /** Names of the files, sorted. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** Content of a file. */
    public Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    /** Content of every file by name. */
    public SortedMap<String, byte[]> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /** SM3 over the sorted list of names, sizes and SM3 of contents: 64 hexadecimal digits. */
    public String digest() {
        return digest;
    }

    private String listing() {
        StringBuilder listing = new StringBuilder();
        files.forEach((name, content) -> listing.append(name)
                .append('\n')
                .append(content.length)
                .append('\n')
                .append(Sm3.hex(content))
                .append('\n'));
        return listing.toString();
    }

    @Override
    public String toString() {
        return id + "[" + files.size() + " files, " + digest + "]";
    }
}
