package org.tongmai.routes.engine.bundle.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tongmai.standards.crypto.Sm3;

/**
 * The files of one version of a route bundle, wherever they came from, and the digest that says which they are. Two
 * archives with the same files have the same digest, however they were packed.
 */
public final class BundleArchive {
    /** Every bundle has it, and only bundles. */
    public static final String MANIFEST = "route-bundle.json";

    private final String id;
    private final String version;
    private final SortedMap<String, byte[]> files;
    private final String digest;

    private BundleArchive(String id, SortedMap<String, byte[]> files) {
        this.id = id;
        this.files = files;
        files.remove(Signature.FILE);
        this.version = ManifestHead.version(files);
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

    /**
     * Reads every file of the folder and of those in it; names that begin with a dot are left out, links are not
     * followed.
     *
     * @throws org.tongmai.standards.error.CodedException when there is more than {@link ArchiveLimits#DEFAULT}, or a
     *     link
     */
    public static BundleArchive ofFolder(Path folder) throws IOException {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new BundleArchive(String.valueOf(name), FolderReader.read(folder, ArchiveLimits.DEFAULT));
    }

    public String id() {
        return id;
    }

    /** As the manifest says; empty when it does not. */
    public String version() {
        return version;
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
