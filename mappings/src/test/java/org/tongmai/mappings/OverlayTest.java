package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.hl7out.Hl7Order;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

/** Rows that a bundle or a tenant lays over the platform's. */
class OverlayTest {
    private static final String FILE = "some-bundle/some.map.yaml";
    private static final String SEGMENT_OF_ITS_OWN =
            """
            from: ADT_A01
            to: Bundle
            segments: [ZPV]
            rows:
              - {from: ZPV, to: Encounter, each: ZPV-Encounter}
            ---
            from: ZPV
            to: Encounter
            rows:
              - {from: ZPV-1, to: priority.text}
            """;
    private static MappingEngine platforms;

    @BeforeAll
    static void compile() {
        platforms = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
    }

    @Test
    void a_segment_of_the_senders_own_is_mapped_and_no_longer_unknown() throws IOException {
        MappingEngine engine = platforms.with(List.of(new MapSource(FILE, SEGMENT_OF_ITS_OWN)));
        CanonicalBundle bundle = engine.map(withZ());
        assertThat(encounter(bundle).at("/priority/text").asText()).isEqualTo("urgent");
        assertThat(bundle.issues()).isEmpty();
        assertThat(platforms.map(withZ()).issues())
                .extracting(issue -> issue.code().code())
                .contains("TM-MAP-0007");
    }

    @Test
    void lineage_and_coverage_name_the_overlays_file_and_row() throws IOException {
        MappingEngine engine = platforms.with(List.of(new MapSource(FILE, SEGMENT_OF_ITS_OWN)));
        assertThat(engine.explain(withZ()).of("Encounter.priority.text"))
                .singleElement()
                .satisfies(element -> {
                    assertThat(element.file()).isEqualTo(FILE);
                    assertThat(element.line()).isEqualTo(10);
                    assertThat(element.source()).isEqualTo("ZPV-1");
                });
        Set<RowAt> own = Set.of(new RowAt(FILE, 5), new RowAt(FILE, 10));
        assertThat(engine.rowsFor(withZ())).containsAll(own);
        assertThat(engine.rowsFor(TestMessages.golden("adt-a01-admit"))).doesNotContainAnyElementsOf(own);
        assertThat(engine.rows()).containsAll(own).containsAll(engine.rowsFor(withZ()));
        assertThat(platforms.rows()).doesNotContainAnyElementsOf(own);
    }

    @Test
    void an_overlay_changes_every_map_that_leads_to_it_and_nothing_of_the_platforms() throws IOException {
        ReceivedMessage admission = TestMessages.golden("adt-a01-admit");
        CanonicalBundle before = platforms.map(admission);
        MappingEngine engine = platforms.with(
                List.of(
                        new MapSource(
                                FILE,
                                """
                from: CX
                to: Identifier
                rows:
                  - {to: use, const: old}
                """)));
        assertThat(engine.map(admission).toString()).isEqualTo(before.toString());
        assertThat(engine.map(admission)
                        .resources()
                        .get(0)
                        .content()
                        .at("/identifier/0/use")
                        .asText())
                .isEqualTo("old");
        assertThat(encounter(engine.map(admission)).at("/identifier/0/use").asText())
                .isEqualTo("old");
        assertThat(platforms.map(admission).resources()).isEqualTo(before.resources());
    }

    @Test
    void a_tenants_rows_win_over_the_bundles() throws IOException {
        MapSource bundles = gender("bundle.map.yaml", "other");
        MapSource tenants = gender("tenant.map.yaml", "unknown");
        MappingEngine engine = platforms.with(List.of(bundles, tenants));
        JsonNode patient = engine.map(TestMessages.golden("adt-a01-admit"))
                .resources()
                .get(0)
                .content();
        assertThat(patient.path("gender").asText()).isEqualTo("unknown");
    }

    @Test
    void an_overlay_that_is_broken_cyclic_or_of_no_map_is_refused_with_file_and_line() {
        assertRefused("from: PID\nto: Patient\nrows:\n  - {from: PID-8, to: nonsense}\n", FILE + ":4", "TM-MAP-0104");
        assertRefused("from: PID\nto: [\n", FILE + ":3", "TM-MAP-0101");
        assertRefused("from: PID\nto: Patient\nrows: []\n---\njust text\n", FILE + ":5", "TM-MAP-0101");
        assertRefused("from: ZZZ\nto: Patient\nrows: []\n", FILE + ":1", "TM-MAP-0102");
        assertRefused(
                "from: PID\nto: Patient\nrows:\n  - {from: PID-3, to: identifier, each: NO-Such}\n",
                FILE + ":4",
                "TM-MAP-0102");
        assertRefused(
                "from: CX\nto: Identifier\nrows:\n  - {from: CX-1, to: $this, each: CX-Identifier}\n",
                FILE + ":4",
                "TM-MAP-0109");
        assertRefused(
                "from: PID\nto: Patient\nrows:\n  - {from: PID-8, to: gender, code: no-table}\n",
                FILE + ":4",
                "TM-MAP-0108");
        assertRefused("from: ADT_A01\nto: Bundle\nevents: [ADT^A99]\nrows: []\n", FILE + ":1", "TM-MAP-0103");
        assertRefused(
                "from: ADT_A01\nto: Bundle\nrows:\n  - {from: ZZZ, to: Patient, each: PID-Patient}\n",
                FILE + ":4",
                "TM-MAP-0106");
    }

    @Test
    void it_follows_the_tables_of_the_platform() throws IOException {
        MappingEngine base = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
        MappingEngine engine = base.with(List.of(gender(FILE, "other")));
        base.prepare(Terminology.load()).run();
        JsonNode patient = engine.map(TestMessages.golden("adt-a01-admit"))
                .resources()
                .get(0)
                .content();
        assertThat(patient.path("gender").asText()).isEqualTo("other");
    }

    @Test
    void a_silent_engine_maps_the_same_and_tells_nobody() throws IOException {
        List<String> told = new ArrayList<>();
        MappingEngine base = MappingEngine.compile(
                Terminology.load(), MappingSettings.defaults(), (sender, map, code) -> told.add(code));
        ReceivedMessage unknown = TestMessages.received(
                TestMessages.golden("adt-a01-admit").text().replace("|M|", "|Q7|"));
        List<String> issues = issues(base.silent(), unknown);
        assertThat(told).isEmpty();
        assertThat(issues(base, unknown)).isEqualTo(issues);
        assertThat(told).contains("Q7");
    }

    @Test
    void a_column_of_a_layout_is_replaced_and_a_new_one_comes_last() throws IOException {
        MappingEngine engine = platforms.with(
                List.of(
                        new MapSource(
                                FILE,
                                """
                from: Delivery
                to: csv:district-visit
                rows:
                  - {from: Patient.gender, to: sex}
                  - {from: Encounter.class.code, to: class_again}
                """)));
        CanonicalBatch batch = batch(platforms.map(TestMessages.golden("adt-a01-admit")));
        List<String> lines = text(engine.csv("district-visit").write(batch));
        List<String> before = text(platforms.csv("district-visit").write(batch));
        assertThat(lines.get(0)).isEqualTo(before.get(0) + ",class_again");
        assertThat(before.get(1)).contains(",欧阳修远,1,");
        assertThat(lines.get(1)).contains(",欧阳修远,male,").endsWith(",IMP");
        assertThat(engine.csv("vaccination")).isSameAs(platforms.csv("vaccination"));
        assertThat(engine.map(TestMessages.golden("adt-a01-admit")).resources())
                .isEqualTo(platforms.map(TestMessages.golden("adt-a01-admit")).resources());
    }

    @Test
    void a_layout_that_is_not_there_or_is_of_something_else_is_refused_with_file_and_line() {
        assertRefused("from: Delivery\nto: csv:no-such\nrows: []\n", FILE + ":1", "TM-MAP-0102");
        assertRefused("from: Observation\nto: csv:district-visit\nrows: []\n", FILE + ":1", "TM-MAP-0104");
        assertRefused(
                "from: Delivery\nto: csv:district-visit\nrows:\n  - {from: Patient.nonsense, to: sex}\n",
                FILE + ":4",
                "TM-MAP-0104");
    }

    @Test
    void rows_of_ones_own_are_read_backwards_too() throws IOException {
        MappingEngine engine = platforms.with(List.of(
                new MapSource(FILE, "from: PID\nto: Patient\nrows:\n  - {from: PID-23, to: \"photo[own].title\"}\n")));
        List<CanonicalResource> resources =
                platforms.map(TestMessages.golden("adt-a01-admit")).resources();
        resources.get(0).content().putArray("photo").addObject().put("title", "planted");
        Hl7Order order = Hl7Order.ofData().as("ADT^A01");
        assertThat(engine.hl7().write(Hl7OutMappings.contents(resources), order).text())
                .contains("|planted");
        assertThat(platforms
                        .hl7()
                        .write(Hl7OutMappings.contents(resources), order)
                        .text())
                .doesNotContain("planted");
    }

    @Test
    void what_writes_hl7_is_compiled_once_for_a_silent_engine_too_and_made_ready_before_other_tables_are_in_force() {
        MappingEngine base = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
        MappingEngine overlaid = base.with(List.of(gender(FILE, "other")));
        MappingEngine unused = base.with(List.of(gender(FILE, "other")));
        assertThat(base.silent().hl7()).isSameAs(base.hl7());
        assertThat(overlaid.silent().hl7()).isSameAs(overlaid.hl7()).isNotSameAs(base.hl7());
        Hl7OutMappings before = overlaid.hl7();
        base.prepare(Terminology.load()).run();
        assertThat(hasWritten(base)).isTrue();
        assertThat(hasWritten(overlaid)).isTrue();
        assertThat(overlaid.silent().hl7()).isSameAs(overlaid.hl7()).isNotSameAs(before);
        assertThat(hasWritten(unused)).as("nobody waits for it").isFalse();
    }

    private static boolean hasWritten(MappingEngine engine) {
        return engine.compiled().hl7().made();
    }

    @Test
    void rows_are_told_from_others_by_what_they_say() {
        MapSource one = gender("a", "other");
        assertThat(platforms.with(List.of(one)).fingerprint())
                .isEqualTo(MappingEngine.fingerprint(List.of(one)))
                .hasSize(32)
                .isNotEqualTo(platforms.with(List.of(gender("a", "unknown"))).fingerprint());
        assertThat(platforms.fingerprint()).isEmpty();
    }

    private static CanonicalBatch batch(CanonicalBundle bundle) {
        CanonicalEvent event =
                new CanonicalEvent(7, bundle.topic(), bundle.event(), bundle.patientKey(), List.of(), Instant.EPOCH);
        return new CanonicalBatch(1, "district", List.of(new CanonicalDelivery(event, bundle.resources())));
    }

    private static List<String> text(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> issues(MappingEngine engine, ReceivedMessage message) {
        try {
            return engine.map(message).issues().stream().map(Issue::text).toList();
        } catch (CodedException refusal) {
            return refusal.issues().stream().map(Issue::text).toList();
        }
    }

    private static MapSource gender(String file, String code) {
        return new MapSource(
                file, "from: PID\nto: Patient\nrows:\n  - {from: PID-8, to: gender, const: " + code + "}\n");
    }

    private static ReceivedMessage withZ() throws IOException {
        return TestMessages.received(TestMessages.golden("adt-a01-admit").text() + "ZPV|urgent\r");
    }

    private static JsonNode encounter(CanonicalBundle bundle) {
        return bundle.resources().stream()
                .filter(resource -> resource.type().equals("Encounter"))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static void assertRefused(String overlay, String where, String code) {
        assertThatThrownBy(() -> platforms.with(List.of(new MapSource(FILE, overlay))))
                .isInstanceOfSatisfying(CodedException.class, refusal -> assertThat(refusal.issues())
                        .anySatisfy(issue -> {
                            assertThat(issue.code().code()).isEqualTo(code);
                            assertThat(issue.location()).isEqualTo(where);
                        }));
    }
}
