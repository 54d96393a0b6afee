package org.tongmai.standards.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.MessageKeys;

class Hl7HeaderTest {
    private static final String MSH =
            "MSH|^~\\&|HIS|HOSP^1.2.3^ISO|TM|CITY|20260301120000+0800||ADT^A01^ADT_A01|C1|P|2.5.1";
    private static final String PID = "PID|1|OLD|P7^^^HOSP1&1.2&ISO^MR~X^^^Y||NAME";
    private static final String PV1 = "PV1|1|I" + "|".repeat(17) + "V9^^^HOSP1";

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "\r\n\n"})
    void the_keys_of_a_message_are_found_whatever_ends_its_segments(String end) {
        MessageKeys keys = Hl7Header.parse(String.join(end, MSH, "EVN|A01", PID, PV1) + end)
                .keys();
        assertThat(keys)
                .isEqualTo(new MessageKeys(
                        "HIS|HOSP^1.2.3^ISO",
                        "TM|CITY",
                        "C1",
                        "ADT^A01",
                        "2.5.1",
                        "P7^HOSP1",
                        "V9",
                        "20260301120000+0800",
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PID|1||A^^^X;MRG|B^^^X;B^X",
                "PID|1||A^^^X;MRG|||||;''",
                "PID|1||A^^^X;MRG||OLD||B^^^X;B^X",
                "PID|1||A^^^X;MRG|A^^^X;''",
                "PID|1||A^^^X;PV1|1|I\rPID|2||B^^^X\rMRG|C\rPID|2||B^^^X;B^X C^HOSP",
                "PID|1||A^^^X;OBX|1|TX|||no MRG|B and no PID|1||C;''",
            })
    void the_other_patients_are_those_of_further_pid_and_of_mrg(String pid, String then, String expected) {
        MessageKeys keys = Hl7Header.parse(String.join("\r", MSH, pid, then.replace("\\r", "\r")))
                .keys();
        assertThat(keys.patientId()).isEqualTo("A^X");
        assertThat(String.join(" ", keys.alsoPatients())).isEqualTo(expected);
    }

    @Test
    void other_separators_are_as_good() {
        String text = String.join("\r", MSH, PID, PV1)
                .replace('|', '#')
                .replace('^', '*')
                .replace('&', '@');
        MessageKeys keys = Hl7Header.parse(text).keys();
        assertThat(keys.type()).isEqualTo("ADT^A01");
        assertThat(keys.patientId()).isEqualTo("P7^HOSP1");
        assertThat(keys.visitId()).isEqualTo("V9");
    }

    @ParameterizedTest
    @CsvSource({
        "PID|1||P7||N, P7^HOSP",
        "PID|1|P2|||N, P2^HOSP",
        "PID|1||P7^^^&1.2.9&ISO||N, P7^1.2.9",
        "PID|1||\"\"||N, ''",
        "PID, ''",
    })
    void the_patient_is_the_first_identifier_with_its_assigner(String pid, String expected) {
        assertThat(Hl7Header.parse(MSH + "\r" + pid).keys().patientId()).isEqualTo(expected);
    }

    @Test
    void the_account_number_stands_in_where_there_is_no_other_identifier() {
        String pid = "PID|1" + "|".repeat(17) + "ACC1^^^FIN";
        assertThat(Hl7Header.parse(MSH + "\r" + pid).keys().patientId()).isEqualTo("ACC1^FIN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'' ; MSH",
                "EVN|A01 ; MSH",
                "MSH ; MSH",
                "MSHA^~\\&A ; MSH-1",
                "MSH||HIS ; MSH-2",
                "MSH|^~\\\\&|HIS ; MSH-2",
                "MSH|^~\\&|A|B|C|D|2026|||C1|P|2.5 ; MSH-9",
                "MSH|^~\\&|A|B|C|D|2026||ADT^A01||P|2.5 ; MSH-10",
                "MSH|^~\\&|A|B|C|D|2026||ADT^A01|C1|P|3.0 ; MSH-12",
                "MSH|^~\\&|A|B|C|D|2026||ADT^A01|C1|P|1.0 ; MSH-12",
                "MSH|^~\\&|A|B ; MSH-9",
            })
    void what_is_wrong_with_a_header_is_named_by_its_field(String text, String location) {
        assertThatThrownBy(() -> Hl7Header.parse(text)).isInstanceOfSatisfying(CodedException.class, e -> assertThat(
                        e.issues().get(0).location())
                .isEqualTo(location));
    }

    @Test
    void a_message_that_does_not_name_its_version_is_taken_with_a_warning() {
        Hl7Header header = Hl7Header.parse("MSH|^~\\&|A|B|C|D|2026||ADT^A01|C1|P");
        assertThat(header.refused()).isFalse();
        assertThat(header.issues()).extracting(issue -> issue.location()).containsExactly("MSH-12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7.1", "2.8.2", "2.9", "2.5^DEU", "2.3.z"
            })
    void versions_of_the_family_are_taken(String version) {
        assertThat(Hl7Header.scan("MSH|^~\\&|A|B|C|D|2026||ADT^A01|C1|P|" + version)
                        .refused())
                .isFalse();
    }

    @Test
    void a_second_message_in_the_same_frame_is_refused_and_not_lost() {
        assertThatThrownBy(() -> Hl7Header.parse(MSH + "\r" + PID + "\r" + MSH))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(Hl7Error.HEADER_REPEATED));
    }

    @Test
    void leading_white_space_is_passed_over() {
        assertThat(Hl7Header.parse("\r\n " + MSH).keys().controlId()).isEqualTo("C1");
    }

    @Test
    void a_control_id_of_any_length_does_not_reach_the_index() {
        Hl7Header header = Hl7Header.scan("MSH|^~\\&|A|B|C|D|2026||ADT^A01|" + "9".repeat(5000) + "|P|2.5");
        assertThat(header.refused()).isTrue();
        assertThat(header.keys().controlId().length()).isLessThan(300);
    }

    @Test
    void a_key_longer_than_an_index_takes_is_cut_between_characters() {
        String identifier = "P".repeat(MessageKeys.LONGEST - 1) + "\uD83D\uDE00";
        MessageKeys keys =
                Hl7Header.parse(MSH + "\rPID|||" + identifier + "^^^HOSP1").keys();

        assertThat(keys.patientId()).isEqualTo("P".repeat(MessageKeys.LONGEST - 1));
        assertThat(keys.orderingKey()).isEqualTo(keys.patientId());
    }
}
