package org.tongmai.console.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.console.app.TongmaiApplication;

/** Zips that mean harm, validated by a process with little memory that may leave nothing behind. */
class HostileZipTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private Path working;

    @BeforeEach
    void emptyFolder() throws IOException {
        working = Files.createDirectory(folder.resolve("working"));
    }

    @Test
    void a_bomb_of_one_gigabyte_is_refused_in_64_megabytes_of_memory() throws Exception {
        assertRefused(zip("test/bomb.txt", 1, 1024), "TM-BUNDLE-0021");
    }

    @Test
    void a_bomb_of_many_files_is_refused_in_64_megabytes_of_memory() throws Exception {
        assertRefused(zip("test/bomb-%d.txt", 300, 3), "TM-BUNDLE-0021");
    }

    @Test
    void a_name_that_leads_out_of_the_folder_is_refused() throws Exception {
        assertRefused(zip("../../slipped.md", 1, 1), "TM-BUNDLE-0022");
        try (var outside = Files.list(folder)) {
            assertThat(outside.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("working", "hostile.zip", "out");
        }
    }

    @Test
    void more_routes_than_anybody_has_are_refused() throws Exception {
        assertRefused(zip("route-%d.camel.yaml", 10_000, 0), "TM-BUNDLE-0021");
    }

    /** Files of zeros, so many of so many megabytes. */
    private Path zip(String name, int files, int mebibytes) throws IOException {
        Path zip = folder.resolve("hostile.zip");
        byte[] zeros = new byte[MIB];
        try (ZipOutputStream entries = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
            entries.setLevel(Deflater.BEST_SPEED);
            entries.putNextEntry(new ZipEntry("route-bundle.json"));
            entries.write("{\"id\": \"hostile\", \"version\": \"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            for (int file = 0; file < files; file++) {
                entries.putNextEntry(new ZipEntry(name.formatted(file)));
                for (int i = 0; i < mebibytes; i++) {
                    entries.write(zeros);
                }
            }
        }
        return zip;
    }

    private void assertRefused(Path zip, String code) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Djava.io.tmpdir=" + working,
                        "-Duser.home=" + working,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TongmaiApplication.class.getName(),
                        "bundle",
                        "validate",
                        zip.toString()))
                .directory(working.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int exitCode = process.waitFor();
        assertThat(Files.readString(out)).contains(code);
        assertThat(exitCode).isEqualTo(1);
        try (var left = Files.walk(working)) {
            assertThat(left).containsExactly(working);
        }
    }
}
