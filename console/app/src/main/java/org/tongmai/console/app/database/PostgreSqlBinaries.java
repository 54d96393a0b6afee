package org.tongmai.console.app.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL server that ships in the jar, once, beside the data it serves. */
final class PostgreSqlBinaries {
    private PostgreSqlBinaries() {}

    /**
     * Unpacks into {@code home} unless that was done before. Works beside and renames at the end, so that a crash in
     * between leaves nothing that looks complete.
     *
     * @return {@code home}
     */
    static Path unpack(Path home) {
        if (Files.isDirectory(home)) {
            return home;
        }
        Path work = home.resolveSibling(home.getFileName() + ".unpacking");
        try (InputStream archive = archive()) {
            delete(work);
            Files.createDirectories(work);
            extract(archive, work);
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
            return home;
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.DATABASE_NOT_UNPACKED, "", e.toString()), e);
        }
    }

    private static InputStream archive() {
        String name = archiveName();
        InputStream archive = PostgreSqlBinaries.class.getResourceAsStream("/" + name);
        if (archive == null) {
            throw new CodedException(Issue.of(
                    AppError.DATABASE_NOT_UNPACKED,
                    "",
                    "no " + name
                            + " in the jar; expected: linux on amd64, or tongmai.database.url set to your own server"));
        }
        return archive;
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).split(" ")[0];
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extractEntry(tar, entry, target);
            }
        }
    }

    private static void extractEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if (file.getParent().endsWith("bin") && !file.toFile().setExecutable(true, true)) {
            throw new IOException("not executable: " + file);
        }
    }

    /** Deletes a folder and what is in it; does nothing when it is not there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
