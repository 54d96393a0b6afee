package org.tongmai.routes.engine.bundle.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.routes.engine.bundle.archive.SampleBundle.bytes;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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

    @ParameterizedTest
    @ValueSource(strings = {"", "../evil", "Evil", "a\nb", "a--b", "-"})
    void a_manifest_that_does_not_say_which_bundle_this_is_is_refused(String id) throws IOException {
        assertRefused(
                BundleError.MANIFEST_INVALID,
                zipOf(Map.of("route-bundle.json", new ObjectMapper().writeValueAsBytes(Map.of("id", id)))));
    }

    @Test
    void a_link_a_folder_and_an_encrypted_file_are_refused() throws IOException {
        byte[] zip = BundleZip.write(SampleBundle.archive(), Optional.empty());
        int entry = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        assertRefused(BundleError.NAME_FORBIDDEN, changed(zip, entry + 5, 3, entry + 41, 0xA1));
        assertRefused(BundleError.NAME_FORBIDDEN, changed(zip, entry + 5, 3, entry + 41, 0x61));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, changed(zip, entry + 8, 1, entry + 8, 1));
    }

    @Test
    void what_is_listed_and_what_is_packed_must_be_the_same() throws IOException {
        byte[] zip = BundleZip.write(SampleBundle.archive(), Optional.empty());
        int listed = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        assertRefused(BundleError.ARCHIVE_UNREADABLE, changed(zip, listed + 46, 'S', listed + 46, 'S'));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, changed(zip, zip.length - 12, 3, zip.length - 14, 3));
    }

    private static byte[] changed(byte[] zip, int at, int value, int alsoAt, int alsoValue) {
        byte[] changed = zip.clone();
        changed[at] = (byte) value;
        changed[alsoAt] = (byte) alsoValue;
        return changed;
    }

    private static int indexOf(byte[] zip, byte[] mark) {
        int at = 0;
        while (!Arrays.equals(zip, at, at + mark.length, mark, 0, mark.length)) {
            at++;
        }
        return at;
    }

    private static byte[] zipOf(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            for (var file : files.entrySet()) {
                entries.putNextEntry(new ZipEntry(file.getKey()));
                entries.write(file.getValue());
            }
        }
        return zip.toByteArray();
    }

    @Test
    void what_is_no_zip_is_refused() throws IOException {
        byte[] good = zip("other.md", bytes("x"));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, new byte[0]);
        assertRefused(BundleError.ARCHIVE_UNREADABLE, bytes("PK not a zip at all, however long it may be"));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, Arrays.copyOf(good, good.length - 1));
        assertRefused(BundleError.ARCHIVE_UNREADABLE, Arrays.copyOf(good, good.length + 1));
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(SampleBundle.files());
        files.put(name, content);
        return zipOf(files);
    }

    private static void assertRefused(BundleError code, byte[] zip) {
        assertThatThrownBy(() -> BundleZip.read(zip, SMALL))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
