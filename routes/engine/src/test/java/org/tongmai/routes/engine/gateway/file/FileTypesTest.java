package org.tongmai.routes.engine.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.exchange.SpooledContent;

class FileTypesTest {
    @TempDir
    static Path directory;

    /** The same whether it is in memory or in a file. */
    private static FileTypes.Found found(byte[] bytes) {
        FileTypes.Found held = FileTypes.of(HttpContent.of(bytes));
        try (SpooledContent file = inFile(bytes)) {
            assertThat(FileTypes.of(file)).isEqualTo(held);
            assertThat(FileTypes.isTwo(file, held)).isEqualTo(FileTypes.isTwo(HttpContent.of(bytes), held));
        }
        return held;
    }

    private static boolean isText(byte[] bytes) {
        boolean held = FileTypes.isText(HttpContent.of(bytes));
        try (SpooledContent file = inFile(bytes)) {
            assertThat(FileTypes.isText(file)).isEqualTo(held);
        }
        return held;
    }

    private static SpooledContent inFile(byte[] bytes) {
        SpooledContent file = new Spool(directory, new Spool.Bounds(1, 10_000_000, 0))
                .ofAnswer()
                .begin();
        file.append(bytes);
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946,image/jpeg",
        "474946383961,image/gif",
        "49492a0008000000,image/tiff",
        "524946460000000057454250,image/webp",
        "0000002066747970686569630000,image/heic",
        "00000020667479706d70343200,video/mp4",
        "1f8b0800,application/gzip",
        "7f454c46,application/x-elf",
        "2321,application/x-sh",
        "0001020304,application/octet-stream"
    })
    void binary_files_are_known_by_their_first_bytes(String hex, String type) {
        assertThat(found(HexFormat.of().parseHex(hex))).isEqualTo(new FileTypes.Found(type, false));
    }

    @ParameterizedTest
    @CsvSource({
        "<?xml version='1.0'?><a/>,application/xml",
        "<?xml version='1.0'?><svg/>,image/svg+xml",
        "<!DOCTYPE HTML><p>,text/html",
        "{\"a\": [1]},application/json",
        "{no,text/plain",
        "MSH|^~\\&|A,application/hl7-v2",
        "血常规正常,text/plain"
    })
    void texts_are_known_by_how_they_begin(String text, String type) {
        assertThat(found(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(new FileTypes.Found(type, true));
    }

    @Test
    void a_text_in_gb_18030_is_text() {
        assertThat(found("血常规正常".getBytes(Charset.forName("GB18030"))).type()).isEqualTo(FileTypes.TEXT);
    }

    @Test
    void a_text_is_told_from_what_is_none_however_long_it_is() {
        byte[] text = "血常规正常".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        assertThat(isText(text)).isTrue();
        text[text.length - 1] = (byte) 0xff;
        assertThat(isText(text)).isFalse();
        assertThat(isText("%PDF-1.7".getBytes(StandardCharsets.US_ASCII))).isFalse();
    }

    @Test
    void documents_of_the_old_office_are_told_apart_by_their_streams() {
        byte[] file = new byte[1024];
        System.arraycopy(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 0, file, 0, 8);
        assertThat(found(file).type()).isEqualTo("application/x-ole-storage");
        byte[] name = "WordDocument".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, file, 512, name.length);
        assertThat(found(file).type()).isEqualTo("application/msword");
    }

    @Test
    void dicom_is_known_behind_its_preamble() {
        byte[] file = new byte[140];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, file, 128, 4);
        assertThat(found(file).type()).isEqualTo("application/dicom");
    }

    @Test
    void an_archive_is_known_by_its_directory_wherever_that_is() throws IOException {
        byte[] archive = archive("word/document.xml");
        assertThat(found(archive).type()).contains("wordprocessingml");
        byte[] hidden = ("\u00ff\u00d8\u00ff" + "x".repeat(200_000)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = Arrays.copyOf(hidden, hidden.length + archive.length);
        System.arraycopy(archive, 0, both, hidden.length, archive.length);
        assertThat(found(both).type()).isEqualTo("image/jpeg");
        assertThat(FileTypes.isTwo(HttpContent.of(both), found(both))).isTrue();
    }

    /** Larger than what is read of a file at a time. */
    private static byte[] archive(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("first.bin"));
            zip.write(new byte[200_000]);
            zip.putNextEntry(new ZipEntry(entry));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_long_json_is_json() {
        String json = "[" + "{\"name\": \"血常规\"},".repeat(10_000) + "{}]";
        assertThat(found(json.getBytes(StandardCharsets.UTF_8)).type()).isEqualTo("application/json");
    }

    @Test
    void a_type_nothing_is_found_to_be_can_not_be_in_a_rule() {
        assertThat(FileTypes.isKnown("image/*")).isTrue();
        assertThat(FileTypes.isKnown("text/plain")).isTrue();
        assertThat(FileTypes.isKnown("application/x-never")).isFalse();
        assertThat(FileTypes.isKnown("never/*")).isFalse();
    }
}
