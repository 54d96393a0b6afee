package org.tongmai.routes.engine.bundle.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A route bundle as one file, {@code <id>-<version>.zip}. Read in memory and never unpacked: a hostile one can be
 * refused, but it can not leave anything behind.
 */
public final class BundleZip {
    /** Times of a zip have no zone and begin here; the files of a bundle have no time. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ArchiveLimits limits;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private int total;

    private BundleZip(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * @param zip content of the file
     * @throws CodedException {@link BundleError#ARCHIVE_UNREADABLE}, {@link BundleError#ARCHIVE_TOO_LARGE},
     *     {@link BundleError#NAME_FORBIDDEN} with every name, {@link BundleError#SIGNATURE_UNREADABLE},
     *     {@link BundleError#MANIFEST_INVALID} when it does not say which bundle this is
     */
    public static SignedArchive read(byte[] zip) {
        return read(zip, ArchiveLimits.DEFAULT);
    }

    /** As {@link #read(byte[])}; a file that is too large is refused unread. */
    public static SignedArchive read(Path zip) throws IOException {
        return read(content(zip));
    }

    /** The content of a file; of one that is too large, as much of it as {@link #read(byte[])} refuses. */
    public static byte[] content(Path zip) throws IOException {
        try (InputStream content = Files.newInputStream(zip)) {
            return content.readNBytes(ArchiveLimits.DEFAULT.packedBytes() + 1);
        }
    }

    static SignedArchive read(byte[] zip, ArchiveLimits limits) {
        if (zip.length > limits.packedBytes()) {
            throw tooLarge("", "the zip has more than " + limits.packedBytes() + " bytes");
        }
        List<String> names = CentralDirectory.names(zip, limits);
        BundleZip reader = new BundleZip(limits);
        reader.checkNames(names);
        try {
            reader.unpack(zip, names);
        } catch (IOException | IllegalArgumentException e) { // the latter for names that are not UTF-8
            throw new CodedException(Issue.of(BundleError.ARCHIVE_UNREADABLE, "", "not a zip: " + e.getMessage()), e);
        }
        byte[] signature = reader.files.remove(Signature.FILE);
        BundleArchive archive = BundleArchive.of(ManifestHead.id(reader.files), reader.files);
        return new SignedArchive(archive, Optional.ofNullable(signature).map(Signature::parse));
    }

    private void checkNames(List<String> names) {
        List<Issue> wrong = new ArrayList<>(FileNames.check(names.stream()
                .filter(name -> !name.equals(FileNames.TEST) && !name.equals(Signature.FILE))
                .toList()));
        for (String once : List.of(FileNames.TEST, Signature.FILE)) {
            if (names.stream().filter(once::equals).count() > 1) {
                wrong.add(Issue.of(BundleError.NAME_FORBIDDEN, once, "more than once"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new CodedException(wrong, null);
        }
    }

    /** What is packed must be what is listed, in the same order: nobody reads this zip in two ways. */
    private void unpack(byte[] zip, List<String> names) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (String name : names) {
                ZipEntry entry = entries.getNextEntry();
                if (entry == null || !entry.getName().equals(name)) {
                    throw new CodedException(Issue.of(
                            BundleError.ARCHIVE_UNREADABLE, FileNames.printable(name), "is listed but not packed"));
                }
                byte[] content = content(entries, name);
                if (packed(content)) {
                    throw new CodedException(
                            Issue.of(BundleError.NAME_FORBIDDEN, name, "an archive in the archive, expected text"));
                }
                if (!name.equals(FileNames.TEST)) {
                    files.put(name, content);
                    checkRatio(entry, content);
                } else if (content.length > 0) {
                    throw new CodedException(Issue.of(BundleError.ARCHIVE_UNREADABLE, name, "a folder with content"));
                }
            }
            if (entries.getNextEntry() != null) {
                throw new CodedException(Issue.of(BundleError.ARCHIVE_UNREADABLE, "", "more is packed than listed"));
            }
        }
    }

    /** The signature comes on top of what a folder may hold. */
    private byte[] content(ZipInputStream entries, String name) throws IOException {
        boolean signature = name.equals(Signature.FILE);
        int most = signature ? Signature.MOST_BYTES : Math.min(limits.fileBytes(), limits.totalBytes() - total);
        byte[] content = entries.readNBytes(most);
        if (entries.read() >= 0) {
            throw tooLarge(name, "expected at most " + most + " bytes");
        }
        total += signature ? 0 : content.length;
        return content;
    }

    /** Says whether the content is a zip or gzip file, whatever its name says. */
    private static boolean packed(byte[] content) {
        return content.length > 3
                && (content[0] == 'P' && content[1] == 'K' && content[2] < ' ' && content[3] < ' '
                        || content[0] == 0x1F && (content[1] & 0xFF) == 0x8B);
    }

    private void checkRatio(ZipEntry entry, byte[] content) {
        long packed = Math.max(1, entry.getCompressedSize());
        if (content.length > limits.fileBytes() / 10 && content.length / packed > limits.ratio()) {
            throw tooLarge(
                    entry.getName(),
                    content.length / packed + " times as large as packed, expected at most " + limits.ratio());
        }
    }

    private static CodedException tooLarge(String name, String detail) {
        return new CodedException(Issue.of(BundleError.ARCHIVE_TOO_LARGE, name, detail));
    }

    /** Packs; the same files and signature give the same bytes, so nothing is compressed: libraries differ in that. */
    public static byte[] write(BundleArchive archive, Optional<Signature> signature) {
        SortedMap<String, byte[]> files = new TreeMap<>(archive.files());
        signature.ifPresent(value -> files.put(Signature.FILE, value.json()));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip, StandardCharsets.UTF_8)) {
            entries.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                entries.putNextEntry(stored(file.getKey(), file.getValue()));
                entries.write(file.getValue());
                entries.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(checksum.getValue());
        return entry;
    }

    /** The name the file is shipped under: {@code <id>-<version>.zip}. */
    public static String fileName(BundleArchive archive) {
        return archive.id() + "-" + archive.version() + ".zip";
    }
}
