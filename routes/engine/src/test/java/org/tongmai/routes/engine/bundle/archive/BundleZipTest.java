package org.tongmai.routes.engine.bundle.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.routes.engine.bundle.archive.SampleBundle.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;

class BundleZipTest {
    private static final ArchiveLimits SMALL = new ArchiveLimits(10, 10_000, 30_000, 50_000, 100);

    @Test
    void what_was_written_is_read_and_the_same_files_are_the_same_bytes() {
        BundleArchive archive = SampleBundle.archive();
        byte[] zip = BundleZip.write(archive, Optional.empty());
        SignedArchive read = BundleZip.read(zip);
        assertThat(read.archive().id()).isEqualTo("sample");
        assertThat(read.archive().version()).isEqualTo("1.2.3");
        assertThat(read.archive().digest()).isEqualTo(archive.digest());
        assertThat(read.archive().names()).isEqualTo(archive.names());
        assertThat(read.signature()).isEmpty();
        assertThat(BundleZip.write(read.archive(), Optional.empty())).isEqualTo(zip);
        assertThat(BundleZip.fileName(archive)).isEqualTo("sample-1.2.3.zip");
    }

    @Test
    void a_zip_that_another_tool_compressed_is_the_same_bundle() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("test/"));
            for (var file : SampleBundle.files().entrySet()) {
                entries.putNextEntry(new ZipEntry(file.getKey()));
                entries.write(file.getValue());
            }
        }
        assertThat(BundleZip.read(zip.toByteArray()).archive().digest())
                .isEqualTo(SampleBundle.archive().digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/cron.d/evil.md",
                "/etc/evil.md",
                "..\\evil.md",
                "C:evil.md",
                "test/../evil.md",
                "test/deeper/evil.json",
                "sub/evil.md",
                "evil.sh",
                "evil.jar",
                "test/evil.zip",
                "test/evil.camel.yaml",
                ".hidden.md",
                "sp ace.md",
                "bell\u0007.md",
                "right\u202Eleft.md",
                "e\u0301.md",
                "readme.MD",
                "README.md/",
                ""
            })
    void a_name_that_a_bundle_may_not_have_is_refused(String name) throws IOException {
        assertRefused(BundleError.NAME_FORBIDDEN, zip(name, bytes("x")));
    }

    @Test
    void names_that_differ_in_case_only_are_refused() throws IOException {
        assertRefused(BundleError.NAME_FORBIDDEN, zip("ReadMe.md", bytes("x")));
    }

    @Test
    void a_zip_in_a_zip_is_refused_whatever_it_is_called() throws IOException {
        assertRefused(BundleError.NAME_FORBIDDEN, zip("test/inner.json", zip("other.md", bytes("x"))));
    }

    @Test
    void what_is_no_zip_is_refused() throws IOException {
        byte[] good = zip("other.md", bytes("x"));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, new byte[0]);
        assertRefused(BundleError.ARCHIVE_UNREADABLE, bytes("PK not a zip at all, however long it may be"));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, java.util.Arrays.copyOf(good, good.length - 1));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, java.util.Arrays.copyOf(good, good.length + 1));
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            for (var file : SampleBundle.files().entrySet()) {
                entries.putNextEntry(new ZipEntry(file.getKey()));
                entries.write(file.getValue());
            }
            entries.putNextEntry(new ZipEntry(name));
            entries.write(content);
        }
        return zip.toByteArray();
    }

    private static void assertRefused(BundleError code, byte[] zip) {
        assertThatThrownBy(() -> BundleZip.read(zip, SMALL))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
