package org.tongmai.standards.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Decoder.Decoded;

class Hl7DecoderTest {
    private static final Charset GB18030 = Charset.forName("GB18030");

    /** Every second byte of these is a separator in GBK. */
    private static final String TRAPS = "王^聕詜瘇鎫";

    @Test
    void every_derived_chinese_message_is_read_as_its_index_says() throws IOException {
        Path folder = Corpora.folder("hl7v2-derived-chinese");
        JsonNode index =
                new ObjectMapper().readTree(folder.resolve("index.json").toFile());
        List<String> wrong = new ArrayList<>();
        for (Charset connection : new Charset[] {null, StandardCharsets.UTF_8, GB18030}) {
            for (JsonNode entry : index) {
                String file = entry.get("file").asText();
                Decoded decoded = Hl7Decoder.decode(Files.readAllBytes(folder.resolve(file)), connection);
                List<String> pid = decoded.text()
                        .lines()
                        .filter(line -> line.startsWith("PID"))
                        .map(line -> line.split("\\|", -1))
                        .findFirst()
                        .map(List::of)
                        .orElseThrow();
                boolean right = pid.get(5).equals(entry.get("pid5").asText())
                        && decoded.text().contains(entry.get("pid11").asText());
                boolean reported = decoded.issues().stream().anyMatch(i -> i.code() == Hl7Error.CHARSET_CONTRADICTED);
                if (!right || file.contains("MISLABELLED") && !reported) {
                    wrong.add(connection + " " + file + " " + decoded.charset() + " "
                            + decoded.issues().size());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNICODE UTF-8, UTF-8",
        "UNICODE, UTF-8",
        "utf8, UTF-8",
        "8859/1, ISO-8859-1",
        "ISO IR100, ISO-8859-1",
        "ASCII, US-ASCII",
        "GB 18030-2000, GB18030",
        "GB18030, GB18030",
        "GBK, GB18030",
        "GB2312, GB18030",
        "BIG-5, Big5",
        "BIG5, Big5",
        "8859/15, ISO-8859-15",
        "KS X 1001, EUC-KR",
        "windows-1252, windows-1252",
    })
    void a_plain_message_is_read_with_the_charset_it_names(String name, String expected) {
        Decoded decoded = Hl7Decoder.decode(message(name, "DOE^JOHN").getBytes(StandardCharsets.US_ASCII), null);
        assertThat(decoded.charset()).isEqualTo(Charset.forName(expected));
        assertThat(decoded.issues()).isEmpty();
        assertThat(decoded.text()).isEqualTo(message(name, "DOE^JOHN"));
    }

    @ParameterizedTest
    @CsvSource({"GBK, GB18030", "UNICODE UTF-8, UTF-8", "GB 18030-2000, GB18030", "'', GB18030", "'', UTF-8"})
    void a_chinese_name_is_read_in_the_charset_it_is_in(String name, String charset) {
        byte[] raw = message(name, TRAPS + " 上海市健康路").getBytes(Charset.forName(charset));
        Decoded decoded = Hl7Decoder.decode(raw, null);
        assertThat(decoded.text()).contains(TRAPS);
        assertThat(decoded.issues()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GB18030, UTF-8",
        "UNICODE UTF-8, GB18030",
        "8859/1, UTF-8",
        "ASCII, GB18030",
        "BIG5, UTF-8",
        "8859/1, GB18030"
    })
    void a_charset_the_bytes_contradict_is_not_believed_and_reported(String claimed, String real) {
        byte[] raw = message(claimed, "王^小明").getBytes(Charset.forName(real));
        Decoded decoded = Hl7Decoder.decode(raw, null);
        assertThat(decoded.text()).contains("王^小明");
        assertThat(decoded.issues()).extracting(Issue::code).contains(Hl7Error.CHARSET_CONTRADICTED);
        assertThat(decoded.issues()).noneMatch(issue -> issue.severity().refuses());
        assertThat(decoded.issues().get(0).text()).doesNotContain("王");
    }

    @ParameterizedTest
    @CsvSource({"'', ISO-8859-1", "8859/1, ISO-8859-1", "'', UTF-8", "UNICODE UTF-8, ISO-8859-1"})
    void an_accented_name_is_read_in_the_charset_it_is_in(String name, String charset) {
        byte[] raw = message(name, "MÜLLER^JOSÉ François Größe").getBytes(Charset.forName(charset));
        assertThat(Hl7Decoder.decode(raw, null).text()).contains("MÜLLER^JOSÉ François Größe");
    }

    @Test
    void four_byte_characters_of_gb18030_are_read() {
        byte[] raw = message("GB18030", "𠮷^㛃").getBytes(GB18030);
        assertThat(Hl7Decoder.decode(raw, null).text()).contains("𠮷^㛃");
    }

    @Test
    void a_traditional_name_in_big5_is_told_from_gbk_without_any_label() {
        byte[] raw = message("", "陳^大文 臺北市中山區").getBytes(Charset.forName("Big5"));
        assertThat(Hl7Decoder.decode(raw, null).text()).contains("陳^大文 臺北市中山區");
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_text() {
        byte[] raw = ("\uFEFF" + message("", "王^小明")).getBytes(StandardCharsets.UTF_8);
        Decoded decoded = Hl7Decoder.decode(raw, GB18030);
        assertThat(decoded.text()).startsWith("MSH").contains("王^小明");
        assertThat(decoded.charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void the_connections_charset_decides_when_the_message_says_nothing() {
        byte[] raw = message("", "DOE").getBytes(StandardCharsets.US_ASCII);
        assertThat(Hl7Decoder.decode(raw, GB18030).charset()).isEqualTo(GB18030);
    }

    @Test
    void a_separator_inside_a_chinese_application_name_does_not_hide_msh18() {
        String text = message("GBK", "王^小明").replace("|APP|", "|聕詜|");
        Decoded decoded = Hl7Decoder.decode(text.getBytes(GB18030), StandardCharsets.UTF_8);
        assertThat(decoded.text()).isEqualTo(text);
        assertThat(decoded.issues()).isEmpty();
    }

    @Test
    void an_unknown_charset_name_is_reported_and_the_bytes_decide() {
        Decoded decoded = Hl7Decoder.decode(message("NOSUCH", "王^小明").getBytes(StandardCharsets.UTF_8), null);
        assertThat(decoded.text()).contains("王^小明");
        assertThat(decoded.issues()).extracting(Issue::code).containsExactly(Hl7Error.CHARSET_UNKNOWN);
    }

    @Test
    void a_nul_character_refuses_the_message() {
        Decoded decoded = Hl7Decoder.decode(message("", "A\0B").getBytes(StandardCharsets.UTF_8), null);
        assertThat(decoded.issues()).anyMatch(issue -> issue.severity().refuses());
    }

    @Test
    void one_broken_byte_leaves_the_other_characters_readable() {
        byte[] raw = message("UNICODE UTF-8", "王^小明 上海市健康路").getBytes(StandardCharsets.UTF_8);
        raw[raw.length - 1] = (byte) 0xE4;
        Decoded decoded = Hl7Decoder.decode(raw, null);
        assertThat(decoded.text()).contains("王^小明");
        assertThat(decoded.issues()).isNotEmpty();
    }

    private static String message(String charset, String name) {
        return "MSH|^~\\&|APP|FAC|TM|TM|20260301120000||ADT^A01|1|P|2.5||||||" + charset + "\rPID|1||P1||" + name
                + "\r";
    }
}
