package org.tongmai.console.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.capture.MessageCapture;
import org.tongmai.routes.engine.bundle.sandbox.capture.MessageMask;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenSuite;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Header;
import org.tongmai.standards.identifier.IdentityNumber;

/** A message of the journal becomes a test that says nothing of whose it was. */
class MessageCaptureTest {
    private static final String ROUTE = "hospital-adt-to-district.receive-adt";
    private static final List<String> ORIGINAL = List.of(
            "欧阳",
            "修远",
            "欧阳修远",
            "31010119850315002",
            "0000123456",
            "13800138000",
            "健康路",
            "19850315",
            "1985-03-15",
            "V20261102",
            "李时珍",
            "D0017",
            "MSGID-77",
            "021-6234",
            "陈小妹",
            "YB99887766",
            "对青霉素",
            "OUYANG");
    private static final String MESSAGE = String.join(
            "\r",
            "MSH|^~\\&|HIS|RJYY|TONGMAI|PUDONG|20261102083000+0800||ADT^A01^ADT_A01|MSGID-77|P|2.5.1|||||CHN|UNICODE UTF-8",
            "EVN|A01|20261102083000+0800|||D0017^李时珍",
            "PID|1||0000123456^^^RJYY^MR~310101198503150029^^^^NNCHN||欧阳^修远^^^^^L~OUYANG^XIUYUAN||19850315|M|||健康路88号^^上海市"
                    + "^^200025^CHN||13800138000^PRN^CP|021-62345678|||||310101198503150029",
            "NK1|1|陈小妹|SPO^spouse|健康路88号|13800138000",
            "PV1|1|I|W07^R12^B03^RJYY||||D0017^李时珍|||CAR||||||||I|V20261102^^^RJYY|||||||||||||||||||||||||20261102083000+0800",
            "NTE|1||患者欧阳修远(电话13800138000)对青霉素过敏",
            "AL1|1|DA|PEN^青霉素|SV|欧阳修远自述",
            "ZPI|YB99887766^^^SHYB^HC|ZJ01^家庭医生李时珍",
            "");
    private static SandboxPlatform platform;
    private static BundleArchive bundle;

    @BeforeAll
    static void load() throws IOException {
        platform = PackagedPlatform.load();
        bundle = BundleArchive.ofFolder(Path.of("..", "..", "routes", "bundles", "hospital-adt-to-district")
                .toRealPath());
    }

    @Test
    void nothing_of_the_original_is_left_in_any_file() {
        SortedMap<String, byte[]> files = capture(received(MESSAGE, StandardCharsets.UTF_8));
        assertThat(files.keySet())
                .contains("test/seen.ack.hl7", "test/seen.canonical.json", "test/seen.district.csv", "test/seen.hl7");
        files.forEach((name, content) ->
                assertThat(new String(content, StandardCharsets.UTF_8)).as(name).doesNotContain(ORIGINAL));
    }

    @Test
    void what_is_no_secret_stays_and_shapes_are_kept() {
        String masked = masked(MESSAGE);
        assertThat(masked)
                .contains("|ADT^A01^ADT_A01|", "|W07^R12^B03^RJYY|", "PEN^青霉素", "|20261102083000+0800", "^RJYY^MR~")
                .matches("(?s).*\rPID\\|1\\|\\|\\d{10}\\^\\^\\^RJYY\\^MR~\\d{17}[0-9X]\\^.*")
                .matches("(?s).*\\|1[3-9]\\d{9}\\^PRN\\^CP\\|\\d{3}-\\d{8}\\|.*");
    }

    @Test
    void identity_numbers_stay_valid_and_say_the_date_of_birth_that_the_message_says() {
        String[] patient = masked(MESSAGE).split("\r")[2].split("\\|");
        String number = patient[3].split("~")[1].split("\\^")[0];
        assertThat(new IdentityNumber().check(number)).isEmpty();
        assertThat(number.substring(6, 14)).isEqualTo(patient[7]);
        assertThat(patient[19]).as("the same number the same everywhere").isEqualTo(number);
        assertThat(number.charAt(16) % 2).as("a man stays a man").isEqualTo('2' % 2);
    }

    @Test
    void a_text_that_is_broken_into_lines_and_a_name_of_two_letters_are_masked_too() {
        String birth = "19791231";
        String text = MESSAGE.stripTrailing().replaceAll("\\|\\d{8}\\|M\\|", "|" + birth + "1030|M|")
                + "\rNTE|1||所见：\n患者赵六，男，住浦东\rZPD|1|Li^Na\rOBX|9|DT|21112-8^Birth date^LN||" + birth + "\r";
        assertThat(masked(text)).doesNotContain("赵六", "浦东", "|Li^", "^Na", birth);
    }

    @Test
    void the_same_value_becomes_another_in_the_next_message() {
        assertThat(masked(MESSAGE)).isNotEqualTo(masked(MESSAGE));
    }

    @Test
    void a_captured_test_passes() {
        SortedMap<String, byte[]> files = new TreeMap<>(bundle.files());
        files.putAll(capture(received(MESSAGE, StandardCharsets.UTF_8)));
        var report = GoldenSuite.run(BundleArchive.of(bundle.id(), files), BundleOverrides.NONE, platform);
        assertThat(report.failures()).isEmpty();
        assertThat(report.cases()).extracting(each -> each.name()).contains("seen");
    }

    @Test
    void a_message_in_gb_18030_stays_in_it() {
        Charset charset = Charset.forName("GB18030");
        String text = MESSAGE.replace("UNICODE UTF-8", "GB 18030-2000");
        SortedMap<String, byte[]> files = capture(received(text, charset));
        assertThat(new String(files.get("test/seen.hl7"), charset))
                .contains("PEN^青霉素")
                .doesNotContain(ORIGINAL);
    }

    @Test
    void a_fhir_transaction_becomes_a_test_that_says_nothing_of_whose_it_was() throws IOException {
        BundleArchive fhirIn = BundleArchive.ofFolder(
                Path.of("..", "..", "routes", "bundles", "fhir-in").toRealPath());
        SortedMap<String, byte[]> files = new MessageCapture(platform, new MessageMask())
                .capture(
                        new MessageCapture.Order("seen", fhirIn, "fhir-in.receive", BundleOverrides.NONE),
                        request("POST /", transaction()));
        assertThat(files.keySet()).as("it was taken").contains("test/seen.json", "test/seen.canonical.json");
        files.forEach((name, content) ->
                assertThat(new String(content, StandardCharsets.UTF_8)).as(name).doesNotContain(ORIGINAL));
        String masked = new String(files.get("test/seen.json"), StandardCharsets.UTF_8);
        assertThat(masked)
                .contains("\"code\" : \"718-7\"", "Hemoglobin", "\"2026-11-26T08:00:00+08:00\"", "13.20", "\"male\"")
                .contains("urn:uuid:6d1f0f0e-3c0b-4f4e-9a55-0a0b0c0d0e01", "identifier=urn:oid:2.999.1.2|")
                .containsPattern("\"birthDate\" : \"\\d{4}-\\d\\d-\\d\\d\"")
                .doesNotContain("\"div\"");
        assertThat(new ObjectMapper()
                        .readTree(masked)
                        .at("/entry/0/resource/identifier/0/value")
                        .asText())
                .as("the same number the same everywhere")
                .isEqualTo(masked.replaceAll("(?s).*2\\.999\\.1\\.2\\|([^\"]*)\".*", "$1"));
    }

    private static byte[] transaction() throws IOException {
        try (InputStream file = MessageCaptureTest.class.getResourceAsStream("/sandbox/transaction.json")) {
            return file.readAllBytes();
        }
    }

    /** A request as the FHIR endpoint journals it. */
    private static ReceivedMessage request(String line, byte[] body) {
        String text = line + " HTTP/1.1\r\ncontent-type: application/fhir+json\r\n\r\n"
                + new String(body, StandardCharsets.UTF_8);
        return new ReceivedMessage(
                "fhir:request",
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                text,
                Hl7Header.scan("").keys(),
                "",
                Instant.EPOCH);
    }

    @Test
    void what_can_not_be_masked_is_refused() throws IOException {
        for (ReceivedMessage request : List.of(
                request("POST /", new byte[0]), request("PUT /Patient/欧阳", transaction()), received("x", "csv:file"))) {
            assertThatThrownBy(() -> new MessageMask().mask(request))
                    .isInstanceOf(CodedException.class)
                    .hasMessageContaining("TM-SANDBOX-0005")
                    .hasMessageNotContaining("欧阳");
        }
        assertThatThrownBy(() -> new MessageMask().mask(received("no message", StandardCharsets.UTF_8)))
                .isInstanceOf(CodedException.class);
    }

    private static String masked(String text) {
        byte[] masked =
                new MessageMask().mask(received(text, StandardCharsets.UTF_8)).content();
        return new String(masked, StandardCharsets.UTF_8);
    }

    private static ReceivedMessage received(String text, String format) {
        return new ReceivedMessage(
                format,
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                text,
                Hl7Header.scan("").keys(),
                "",
                Instant.EPOCH);
    }

    private static ReceivedMessage received(String text, Charset charset) {
        return SampleMessages.received(text.getBytes(charset));
    }

    private static SortedMap<String, byte[]> capture(ReceivedMessage message) {
        return new MessageCapture(platform, new MessageMask())
                .capture(new MessageCapture.Order("seen", bundle, ROUTE, BundleOverrides.NONE), message);
    }
}
