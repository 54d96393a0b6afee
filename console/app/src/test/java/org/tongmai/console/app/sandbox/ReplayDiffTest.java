package org.tongmai.console.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffReport;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffSheet;
import org.tongmai.routes.engine.bundle.sandbox.diff.Journalled;
import org.tongmai.routes.engine.bundle.sandbox.diff.ReplayDiff;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenSuite;
import org.tongmai.standards.error.CodedException;

/** A candidate beside what runs, over messages that are given. */
class ReplayDiffTest {
    private static final String ROUTE = "hospital-adt-to-district.receive-adt";
    private static final String PLANTED =
            """
            from: PID
            to: Patient
            rows:
              - {from: PID-8, to: gender, const: unknown}
            ---
            from: PV1
            to: Encounter
            rows:
              - {from: MSH-4.1, to: serviceProvider.display, const: another hospital}
            ---
            from: XPN
            to: HumanName
            rows:
              - {from: XPN, to: use, const: nickname}
            """;
    private static BundleArchive running;
    private static SandboxPlatform platform;
    private static ReplayDiff diff;

    @BeforeAll
    static void load() throws IOException {
        platform = PackagedPlatform.load();
        running = BundleArchive.ofFolder(Path.of("..", "..", "routes", "bundles", "hospital-adt-to-district")
                .toRealPath());
        diff = new ReplayDiff(platform, BundleOverrides.NONE);
    }

    @Test
    void exactly_the_fields_are_found_that_a_planted_edit_changes() throws IOException {
        DiffReport report = diff.run(running, with("planted.map.yaml", PLANTED), traffic());
        assertThat(report.messages()).isEqualTo(2);
        assertThat(report.changed()).isEqualTo(1);
        assertThat(report.changes())
                .extracting(change -> change.messageType() + " " + change.output() + " " + change.field())
                .containsExactly(
                        "ADT^A01 canonical Encounter.serviceProvider.display",
                        "ADT^A01 canonical Patient.gender",
                        "ADT^A01 canonical Patient.name.use",
                        "ADT^A01 district sex");
        assertThat(report.changes().get(1).samples()).singleElement().satisfies(sample -> {
            assertThat(sample.message()).isEqualTo(1);
            assertThat(sample.before()).isEqualTo("female");
            assertThat(sample.after()).isEqualTo("unknown");
        });
    }

    @Test
    void a_version_beside_itself_changes_nothing() throws IOException {
        assertThat(diff.run(running, running, traffic()).changes()).isEmpty();
    }

    @Test
    void a_changed_acknowledgement_is_found_and_samples_do_not_say_who_it_is() throws IOException {
        String demanding = "from: PID\nto: Patient\nrows:\n  - {from: PID-14, to: \"telecom[work]\","
                + " each: XTN-ContactPoint, required: true}\n";
        DiffReport report = diff.run(running, with("planted.map.yaml", demanding), traffic());
        assertThat(report.changes())
                .extracting(change -> change.output() + " " + change.field())
                .contains("ack MSA-1", "outcome disposition", "canonical Patient.name.text");
        String sheet = DiffSheet.html(report) + DiffSheet.csv(report);
        assertThat(sheet)
                .doesNotContain("虚构", "H1000001", "11010519491231002X", "1949")
                .contains("AA", "AE");
    }

    @Test
    void a_candidate_that_breaks_a_rule_is_refused() {
        assertThatThrownBy(() -> diff.run(running, with("receive-adt.camel.yaml", "- route: {}"), traffic()))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-BUNDLE-0007");
    }

    @Test
    void a_version_that_comes_to_no_end_is_given_up() {
        SandboxPlatform hanging = new SandboxPlatform(
                context -> {
                    platform.types().register(context);
                    Transformer endless = new Endless();
                    context.getTransformerRegistry().put(TransformerKey.createFrom(endless), endless);
                },
                platform.mappings());
        assertThatThrownBy(() -> new ReplayDiff(hanging, BundleOverrides.NONE, Duration.ofMillis(50))
                        .run(running, running, traffic()))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-SANDBOX-0009")
                .hasMessageContaining("the candidate");
        assertThatThrownBy(() -> GoldenSuite.run(running, BundleOverrides.NONE, hanging, Duration.ofSeconds(2)))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-SANDBOX-0009")
                .hasMessageContaining("test/admit.hl7");
    }

    @Test
    void a_suite_that_opens_too_late_is_closed_all_the_same() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        AtomicReference<CamelContext> opened = new AtomicReference<>();
        SandboxPlatform slow = new SandboxPlatform(
                context -> {
                    opened.set(context);
                    late.join(); // whoever interrupts it
                    Thread.interrupted();
                    platform.types().register(context);
                },
                platform.mappings());
        assertThatThrownBy(() -> GoldenSuite.run(running, BundleOverrides.NONE, slow, Duration.ofMillis(50)))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-SANDBOX-0009");
        late.complete(null);
        await().atMost(Duration.ofSeconds(30)).until(() -> opened.get().isStopped());
    }

    /** A step that waits for what never comes. */
    private static final class Endless extends Transformer {
        Endless() {
            super();
            setFrom("hl7v2:message");
            setTo("fhir:bundle");
        }

        @Override
        public void transform(Message message, DataType from, DataType to) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    private static List<Journalled> traffic() throws IOException {
        List<Journalled> messages = new ArrayList<>();
        for (String name : List.of("admit", "missing-id")) {
            byte[] raw = running.file("test/" + name + ".hl7").orElseThrow();
            messages.add(new Journalled(messages.size() + 1, ROUTE, SampleMessages.received(raw)));
        }
        return messages;
    }

    private static BundleArchive with(String file, String text) {
        SortedMap<String, byte[]> files = new TreeMap<>(running.files());
        files.put(file, text.getBytes(StandardCharsets.UTF_8));
        return BundleArchive.of(running.id(), files);
    }
}
