package org.tongmai.routes.engine.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTypesTest {
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
        assertThat(FileTypes.of(HexFormat.of().parseHex(hex))).isEqualTo(new FileTypes.Found(type, false));
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
        assertThat(FileTypes.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(new FileTypes.Found(type, true));
    }

    @Test
    void a_text_in_gb_18030_is_text() {
        assertThat(FileTypes.of("血常规正常".getBytes(Charset.forName("GB18030"))).type())
                .isEqualTo(FileTypes.TEXT);
    }

    @Test
    void a_text_is_told_from_what_is_none_however_long_it_is() {
        byte[] text = "血常规正常".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        assertThat(FileTypes.isText(text)).isTrue();
        text[text.length - 1] = (byte) 0xff;
        assertThat(FileTypes.isText(text)).isFalse();
        assertThat(FileTypes.isText("%PDF-1.7".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void documents_of_the_old_office_are_told_apart_by_their_streams() {
        byte[] file = new byte[1024];
        System.arraycopy(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 0, file, 0, 8);
        assertThat(FileTypes.of(file).type()).isEqualTo("application/x-ole-storage");
        byte[] name = "WordDocument".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, file, 512, name.length);
        assertThat(FileTypes.of(file).type()).isEqualTo("application/msword");
    }

    @Test
    void dicom_is_known_behind_its_preamble() {
        byte[] file = new byte[140];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, file, 128, 4);
        assertThat(FileTypes.of(file).type()).isEqualTo("application/dicom");
    }

    @Test
    void a_type_nothing_is_found_to_be_can_not_be_in_a_rule() {
        assertThat(FileTypes.isKnown("image/*")).isTrue();
        assertThat(FileTypes.isKnown("text/plain")).isTrue();
        assertThat(FileTypes.isKnown("application/x-never")).isFalse();
        assertThat(FileTypes.isKnown("never/*")).isFalse();
    }
}
