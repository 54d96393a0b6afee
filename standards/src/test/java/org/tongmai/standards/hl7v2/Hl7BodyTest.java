package org.tongmai.standards.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Hl7BodyTest {
    private static final String MESSAGE = "MSH|^~\\&|HIS|H1|||20261120||ADT^A01|1|P|2.5.1||||||GB18030\rPID|1||7||欧阳\r";
    private static final Charset GB18030 = Charset.forName("GB18030");

    @Test
    void the_charset_is_found_as_on_mllp() {
        Hl7Body.Read read = Hl7Body.read(MESSAGE.getBytes(GB18030));
        assertThat(read.message().charset()).isEqualTo(GB18030);
        assertThat(read.message().text()).contains("欧阳");
        assertThat(read.message().keys().type()).isEqualTo("ADT^A01");
        assertThat(read.issues()).isEmpty();
    }

    @Test
    void frame_marks_and_line_ends_around_the_message_are_taken_off() {
        Hl7Body.Read read = Hl7Body.read(("\u000B" + MESSAGE + "\u001C\r").getBytes(GB18030));
        assertThat(read.message().text()).startsWith("MSH|").endsWith("欧阳");
    }

    @Test
    void a_batch_of_one_message_is_that_message_and_one_of_two_is_refused() {
        String head = "FHS|^~\\&|A\rBHS|^~\\&|A\r";
        String tail = "BTS|1\rFTS|1\r";
        assertThat(Hl7Body.read((head + MESSAGE + tail).getBytes(GB18030))
                        .message()
                        .text())
                .startsWith("MSH|")
                .doesNotContain("BTS");
        assertThatThrownBy(() -> Hl7Body.read((head + MESSAGE + MESSAGE + tail).getBytes(GB18030)))
                .hasMessageContaining("TM-HL7-0010");
        String second = "\rBTS|1\rBHS|^~\\&|A\r" + MESSAGE;
        assertThatThrownBy(() -> Hl7Body.read((head + MESSAGE + second + "\r" + tail).getBytes(GB18030)))
                .hasMessageContaining("TM-HL7-0010");
    }

    @Test
    void what_is_no_message_is_refused_with_a_code() {
        for (String body : new String[] {"", "{}", "FHS|^~\\&|A\r", "PID|1\r"}) {
            assertThatThrownBy(() -> Hl7Body.read(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body)
                    .hasMessageContaining("TM-HL7-0001");
        }
    }

    @Test
    void a_header_without_version_or_control_id_is_noticed_and_taken() {
        Hl7Body.Read read = Hl7Body.read("MSH|^~\\&|HIS|H1|||||ADT^A01\rPID|1||7\r".getBytes(StandardCharsets.UTF_8));
        assertThat(read.issues()).extracting(issue -> issue.location()).contains("MSH-10", "MSH-12");
        assertThat(read.issues()).noneMatch(issue -> issue.severity().refuses());
    }
}
