package org.tongmai.adapters.hospital.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tongmai.adapters.hospital.mllp.OutboundMessage;

class FeedTest {
    private static final int MANY = 6_000;

    @ParameterizedTest
    @EnumSource(Hospital.class)
    void the_same_seed_gives_the_same_bytes_and_another_seed_others(Hospital hospital) {
        List<OutboundMessage> first = play(FeedSettings.of(hospital, 11, MANY));
        List<OutboundMessage> again = play(FeedSettings.of(hospital, 11, MANY));
        for (int i = 0; i < MANY; i++) {
            assertThat(again.get(i).bytes()).isEqualTo(first.get(i).bytes());
        }
        assertThat(play(FeedSettings.of(hospital, 12, 1)).get(0).bytes())
                .isNotEqualTo(first.get(0).bytes());
    }

    @ParameterizedTest
    @EnumSource(Hospital.class)
    void every_message_reads_in_the_charset_it_names(Hospital hospital) throws CharacterCodingException {
        for (OutboundMessage message : play(FeedSettings.of(hospital, 3, MANY))) {
            String[] header = text(hospital, message).split("\r")[0].split("\\|", -1);
            assertThat(header[17]).isEqualTo(hospital.charsetName());
            assertThat(header[9]).isEqualTo(message.controlId());
            assertThat(header[3]).isEqualTo(hospital.facility());
        }
    }

    @Test
    void hospital_b_sends_names_whose_bytes_look_like_separators_and_names_of_four_bytes() {
        boolean separator = false;
        boolean fourBytes = false;
        for (OutboundMessage message : play(FeedSettings.of(Hospital.B, 3, MANY))) {
            String text = new String(message.bytes(), Hospital.B.charset());
            String[] latin = new String(message.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1).split("\r");
            separator |= latin[1].split("\\|", -1).length + latin[2].split("\\|", -1).length
                            != text.split("\r")[1].split("\\|", -1).length + text.split("\r")[2].split("\\|", -1).length
                    || count(latin[2], '^') != count(text.split("\r")[2], '^');
            fourBytes |= text.contains("𠮷");
        }
        assertThat(separator).isTrue();
        assertThat(fourBytes).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Hospital.class)
    void identity_numbers_are_valid_and_agree_with_birth_date_and_sex(Hospital hospital) throws Exception {
        for (OutboundMessage message : play(FeedSettings.of(hospital, 5, MANY))) {
            String[] pid = segment(text(hospital, message), "PID");
            String[] identifiers = pid[3].split("~");
            if (identifiers.length > 1) {
                String number = identifiers[1].substring(0, identifiers[1].indexOf('^'));
                assertThat(IdentityNumber.isValid(number)).isTrue();
                assertThat(number.substring(6, 14)).isEqualTo(pid[7]);
                assertThat((number.charAt(16) - '0') % 2 == 1 ? "M" : "F").isEqualTo(pid[8]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Hospital.class)
    void control_ids_are_unique_and_times_never_go_back(Hospital hospital) throws Exception {
        Set<String> ids = new HashSet<>();
        String last = "";
        for (OutboundMessage message : play(FeedSettings.of(hospital, 9, MANY))) {
            assertThat(ids.add(message.controlId())).isTrue();
            assertThat(message.controlId()).hasSizeLessThanOrEqualTo(20);
            String time = segment(text(hospital, message), "MSH")[6];
            assertThat(time).isGreaterThanOrEqualTo(last);
            last = time;
        }
    }

    @ParameterizedTest
    @EnumSource(Hospital.class)
    void a_visit_begins_before_it_changes_and_ends_last(Hospital hospital) throws Exception {
        Map<String, List<String>> visits = new HashMap<>();
        for (OutboundMessage message : play(FeedSettings.of(hospital, 21, MANY))) {
            String text = text(hospital, message);
            String[] visit = text.contains("\rPV1|") ? segment(text, "PV1") : new String[0];
            if (visit.length > 19) {
                visits.computeIfAbsent(visit[19], v -> new ArrayList<>()).add(event(text));
            }
        }
        assertThat(visits).hasSizeGreaterThan(1_000);
        visits.values().forEach(FeedTest::assertCausal);
    }

    @Test
    void a_day_has_every_kind_of_message() throws Exception {
        Set<String> events = new TreeSet<>();
        for (OutboundMessage message : play(FeedSettings.of(Hospital.A, 1, 20_000))) {
            events.add(event(text(Hospital.A, message)));
        }
        assertThat(events)
                .containsExactly(
                        "A01", "A02", "A03", "A04", "A05", "A06", "A08", "A11", "A12", "A13", "A28", "A31", "A40",
                        "R01");
    }

    @Test
    void a_merge_names_a_record_that_was_registered_before() throws Exception {
        Set<String> registered = new HashSet<>();
        int merges = 0;
        for (OutboundMessage message : play(FeedSettings.of(Hospital.A, 2, MANY))) {
            String text = text(Hospital.A, message);
            if ("A40".equals(event(text))) {
                merges++;
                assertThat(registered).contains(segment(text, "MRG")[1]);
            }
            registered.add(segment(text, "PID")[3].split("~")[0]);
        }
        assertThat(merges).isPositive();
    }

    @Test
    void results_have_between_five_and_twenty_observations() throws Exception {
        FeedSettings settings = FeedSettings.of(Hospital.B, 4, 500).only(Set.of(FeedSettings.Kind.ORU));
        for (OutboundMessage message : play(settings)) {
            assertThat(text(Hospital.B, message).split("\rOBX\\|").length - 1).isBetween(5, 20);
        }
    }

    @Test
    void leaving_out_results_keeps_the_control_ids_of_the_rest() {
        List<String> all = play(FeedSettings.of(Hospital.A, 6, MANY)).stream()
                .filter(m -> !new String(m.bytes(), Hospital.A.charset()).contains("|ORU^"))
                .map(OutboundMessage::controlId)
                .toList();
        List<String> only =
                play(FeedSettings.of(Hospital.A, 6, all.size()).only(Set.of(FeedSettings.Kind.ADT))).stream()
                        .map(OutboundMessage::controlId)
                        .toList();
        assertThat(only).isEqualTo(all);
    }

    private static void assertCausal(List<String> events) {
        assertThat(events.get(0)).isIn("A01", "A04", "A05");
        int discharges = 0;
        for (int i = 0; i < events.size(); i++) {
            String event = events.get(i);
            if ("A03".equals(event)) {
                discharges++;
            } else if ("A13".equals(event)) {
                discharges--;
            }
            if ("A12".equals(event)) {
                assertThat(events.subList(0, i)).contains("A02");
            }
            if ("A02".equals(event)) {
                assertThat(events.subList(0, i)).contains("A01");
            }
            assertThat(discharges).isBetween(0, 1);
            if (discharges == 1) {
                assertThat(events.subList(i, events.size())).allMatch(e -> e.equals("A03") || e.equals("A13"));
            }
        }
        if (events.contains("A11")) {
            assertThat(events).endsWith("A11");
        }
    }

    private static List<OutboundMessage> play(FeedSettings settings) {
        List<OutboundMessage> messages = new ArrayList<>();
        new Feed(settings).forEachRemaining(messages::add);
        return messages;
    }

    private static String text(Hospital hospital, OutboundMessage message) throws CharacterCodingException {
        Charset charset = hospital.charset();
        return charset.newDecoder().decode(ByteBuffer.wrap(message.bytes())).toString();
    }

    private static String[] segment(String text, String name) {
        for (String segment : text.split("\r")) {
            if (segment.startsWith(name + "|")) {
                return segment.split("\\|", -1);
            }
        }
        throw new AssertionError("no " + name);
    }

    private static String event(String text) {
        return segment(text, "MSH")[8].split("\\^")[1];
    }

    private static long count(String text, char c) {
        return text.chars().filter(x -> x == c).count();
    }
}
