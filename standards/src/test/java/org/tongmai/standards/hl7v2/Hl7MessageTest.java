package org.tongmai.standards.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

class Hl7MessageTest {
    private static final String HEADER = "MSH|^~\\&|A|B|C|D|20261120||ADT^A01|1|P|2.5\r";

    @Test
    void any_line_end_ends_a_segment_and_blank_lines_are_none() {
        Hl7Message message = Hl7Message.parse("MSH|^~\\&|A\r\nPID|1\nPV1|1\r\r  \rZZZ|x\n");
        assertThat(message.segments()).extracting(Hl7Segment::name).containsExactly("MSH", "PID", "PV1", "ZZZ");
    }

    @Test
    void fields_are_numbered_as_in_the_standard() {
        Hl7Message message = Hl7Message.parse(HEADER + "PID|1||x");
        assertThat(message.header().field(1).text()).isEqualTo("|");
        assertThat(message.header().field(2).text()).isEqualTo("^~\\&");
        assertThat(message.header().field(9).component(2).text()).isEqualTo("A01");
        assertThat(message.header().field(12).text()).isEqualTo("2.5");
        assertThat(message.first("PID").field(3).text()).isEqualTo("x");
        assertThat(message.first("PID").field(99).isEmpty()).isTrue();
    }

    @Test
    void all_repetitions_are_the_same_as_each_one_asked_for() {
        for (String field : List.of("", "A", "A~B", "~", "A~~B~", "A^1~B^2&3")) {
            Hl7Value value = Hl7Message.parse("MSH|^~\\&|X\rPID|1||" + field + "|Y")
                    .first("PID")
                    .field(3);
            List<Hl7Value> all = value.repetitions();
            assertThat(all).hasSize(value.repetitionCount());
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).raw()).isEqualTo(value.repetition(i).raw());
            }
        }
    }

    @Test
    void the_text_is_that_of_the_first_leaf_whether_its_parts_were_asked_for_or_not() {
        for (String field :
                List.of("", "A", "A^B", "A&B^C", "^B", "&B", "~A", " A ^B", "A~B^C", "\\T\\&x", "A\\S\\B")) {
            String text = third(field).text();
            Hl7Value value = third(field);
            Hl7Value leaf = value.repetition(0).component(1).component(1);
            assertThat(leaf.depth()).isEqualTo(3);
            assertThat(leaf.text()).as(field).isEqualTo(text);
            assertThat(value.text()).as(field).isEqualTo(text);
        }
    }

    private static Hl7Value third(String field) {
        return Hl7Message.parse(HEADER + "PID|1||" + field + "|Y").first("PID").field(3);
    }

    @Test
    void repetitions_components_and_subcomponents_are_told_apart() {
        Hl7Value ids = Hl7Message.parse(HEADER + "PID|||1^^^A&2.16&ISO^MR~2^^^B")
                .first("PID")
                .field(3);
        assertThat(ids.repetitionCount()).isEqualTo(2);
        assertThat(ids.repetition(0).component(4).component(2).text()).isEqualTo("2.16");
        assertThat(ids.repetition(1).component(4).text()).isEqualTo("B");
        assertThat(ids.repetition(2).isEmpty()).isTrue();
        assertThat(ids.component(1).text()).isEqualTo("1");
    }

    @Test
    void separators_are_those_the_header_names() {
        Hl7Message message = Hl7Message.parse("MSH#*@!%#A\rPID###1*2%3@4");
        Hl7Value field = message.first("PID").field(3);
        assertThat(field.repetitionCount()).isEqualTo(2);
        assertThat(field.component(2).component(2).text()).isEqualTo("3");
    }

    @Test
    void two_quotes_delete_and_nothing_is_absent() {
        Hl7Segment pid = Hl7Message.parse(HEADER + "PID|\"\"||^^").first("PID");
        assertThat(pid.field(1).isNull()).isTrue();
        assertThat(pid.field(1).isEmpty()).isFalse();
        assertThat(pid.field(2).isEmpty()).isTrue();
        assertThat(pid.field(3).isEmpty()).isTrue();
    }

    @Test
    void escapes_are_resolved_and_what_is_none_stays() {
        Hl7Segment obx = Hl7Message.parse(
                        HEADER + "OBX|a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f|1\\.br\\2|\\H\\bold\\N\\|C:\\new|\\X41\\\\Xzz\\")
                .first("OBX");
        assertThat(obx.field(1).text()).isEqualTo("a|b^c&d~e\\f");
        assertThat(obx.field(2).text()).isEqualTo("1\n2");
        assertThat(obx.field(3).text()).isEqualTo("bold");
        assertThat(obx.field(4).text()).isEqualTo("C:\\new");
        assertThat(obx.field(5).text()).isEqualTo("A\\Xzz\\");
    }

    @Test
    void hexadecimal_escapes_are_read_in_the_charset_of_the_message() {
        Hl7Message message = Hl7Message.parse(HEADER + "NTE|\\XCDF5\\", Charset.forName("GB18030"));
        assertThat(message.first("NTE").field(1).text()).isEqualTo("王");
    }

    @Test
    void whole_keeps_separators_and_offset_says_where() {
        Hl7Message message = Hl7Message.parse("MSH|^~\\&|A\rNTE|1^2");
        Hl7Value value = message.first("NTE").field(1);
        assertThat(value.whole()).isEqualTo("1^2");
        assertThat(value.offset()).isEqualTo(15);
        assertThat(value.toString()).doesNotContain("1^2");
    }

    @Test
    void nothing_at_all_is_a_message_without_segments() {
        assertThat(Hl7Message.parse("").segments()).isEmpty();
        assertThat(Hl7Message.parse("MSH").header().field(3).isEmpty()).isTrue();
        assertThat(Hl7Message.parse("MSH|").header().fieldCount()).isPositive();
    }
}
