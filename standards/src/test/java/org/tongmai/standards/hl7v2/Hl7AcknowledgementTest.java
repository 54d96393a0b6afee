package org.tongmai.standards.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

class Hl7AcknowledgementTest {
    private static final Outcome PROCESSED = new Outcome(Disposition.PROCESSED, 1, List.of());
    private static final Outcome REFUSED = new Outcome(
            Disposition.REFUSED,
            1,
            List.of(Issue.of(Hl7Error.HEADER_FIELD_MISSING, "PID-3", "found nothing | at all")));

    private final Hl7Acknowledgement acknowledgement =
            new Hl7Acknowledgement(Clock.fixed(Instant.parse("2026-03-01T04:00:00Z"), ZoneId.of("Asia/Shanghai")));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2.1; ACK",
                "2.2; ACK",
                "2.3; ACK^A01",
                "2.3.1; ACK^A01^ACK",
                "2.5; ACK^A01^ACK",
                "2.8; ACK^A01^ACK",
            })
    void the_answer_swaps_sender_and_receiver_and_keeps_version_mode_and_charset(String version, String type) {
        String[] lines = write(message(version), PROCESSED, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).startsWith("MSH|^~\\&|TM|CITY|HIS|HOSP|20260301120000+0800||" + type + "|TM");
        assertThat(lines[0]).endsWith("|T|" + version + "||||||GBK");
        assertThat(lines[1]).isEqualTo("MSA|AA|C1");
    }

    @Test
    void a_refusal_since_25_says_where_and_why_in_err_fields() {
        String[] lines = write(message("2.5"), REFUSED, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(lines[1]).isEqualTo("MSA|AR|C1|TM-HL7-0003 A required field of the header is empty");
        assertThat(lines[2])
                .isEqualTo("ERR||PID^1^3|101^Required field missing^HL70357|E"
                        + "|TM-HL7-0003^A required field of the header is empty^TONGMAI||found nothing \\F\\ at all"
                        + "|TM-HL7-0003 A required field of the header is empty at PID-3 (found nothing \\F\\ at all)");
    }

    @Test
    void a_refusal_before_25_says_where_and_why_in_one_field() {
        String[] lines = write(message("2.3"), REFUSED, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(lines[2]).isEqualTo("ERR|PID^1^3^101&Required field missing&HL70357&TM-HL7-0003");
    }

    @Test
    void a_refusal_is_never_a_positive_answer_whatever_its_reason_says() {
        Outcome refused = new Outcome(Disposition.REFUSED, 1, List.of(Issue.of(new Harmless(), "PID", "")));
        assertThat(Hl7Acknowledgement.code(refused, Hl7Acknowledgement.Level.APPLICATION))
                .isEqualTo("AE");
        assertThat(Hl7Acknowledgement.code(refused, Hl7Acknowledgement.Level.ACCEPT))
                .isEqualTo("CE");
    }

    @Test
    void a_refusal_since_27_has_no_text_in_msa() {
        assertThat(write(message("2.7"), REFUSED, Hl7Acknowledgement.Level.APPLICATION)[1])
                .isEqualTo("MSA|AR|C1");
    }

    @Test
    void the_accept_level_says_c() {
        assertThat(write(message("2.5"), PROCESSED, Hl7Acknowledgement.Level.ACCEPT)[1])
                .isEqualTo("MSA|CA|C1");
        assertThat(write(message("2.5"), REFUSED, Hl7Acknowledgement.Level.ACCEPT)[1])
                .startsWith("MSA|CR|C1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''", "garbage", "MSH", "MSH|", "MSHA^~", "MSH|^~\\\\&|A", "MSH|^~\\&"})
    void even_a_message_without_a_readable_header_is_answered(String text) {
        Hl7Header header = Hl7Header.scan(text);
        Outcome refused = new Outcome(Disposition.REFUSED, 0, header.issues());
        String[] lines = write(text, refused, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(lines[0]).startsWith("MSH|^~\\&|");
        assertThat(lines[1]).startsWith("MSA|AR|");
        assertThat(lines[2]).startsWith("ERR||MSH^1");
    }

    @Test
    void the_answer_is_written_with_the_charset_of_the_message() {
        Charset gbk = Charset.forName("GB18030");
        Hl7Header header = Hl7Header.scan(message("2.5").replace("HIS", "聕詜"));
        byte[] answer = acknowledgement.write(header, gbk, PROCESSED, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(new String(answer, gbk)).contains("|聕詜|");
    }

    @Test
    void nothing_echoed_can_end_the_frame_or_blow_it_up() {
        String text = message("2.5").replace("|C1|", "|C\u001C1\u000B|").replace("|HIS|", "|" + "H".repeat(9000) + "|");
        byte[] answer = acknowledgement.write(
                Hl7Header.scan(text), StandardCharsets.UTF_8, PROCESSED, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(new String(answer, StandardCharsets.UTF_8))
                .contains("MSA|AA|C1\r")
                .hasSizeLessThan(1000);
    }

    @Test
    void other_separators_are_kept() {
        String text = message("2.5").replace('|', '#').replace('^', '*').replace('&', '%');
        String[] lines = write(text, REFUSED, Hl7Acknowledgement.Level.APPLICATION);
        assertThat(lines[0]).startsWith("MSH#*~\\%#TM#CITY");
        assertThat(lines[2]).startsWith("ERR##PID*1*3#101*");
    }

    private String[] write(String text, Outcome outcome, Hl7Acknowledgement.Level level) {
        byte[] answer = acknowledgement.write(Hl7Header.scan(text), StandardCharsets.UTF_8, outcome, level);
        return new String(answer, StandardCharsets.UTF_8).split("\r");
    }

    private static String message(String version) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|C1|T|" + version + "||||||GBK\rPID|1||P1\r";
    }

    /** A code that is a warning by itself and goes with a positive answer. */
    private record Harmless() implements ErrorCode {
        @Override
        public ErrorFacts facts() {
            return new ErrorFacts(
                    "TM-TEST-0001",
                    "Something was noticed",
                    Severity.WARNING,
                    false,
                    new Wire("AA", 0, 200, "informational"));
        }
    }
}
