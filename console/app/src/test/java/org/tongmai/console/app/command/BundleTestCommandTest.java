package org.tongmai.console.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tongmai bundle test} on a copy of a bundle of the repository. */
class BundleTestCommandTest {
    private static final Path BUNDLE = Path.of("..", "..", "routes", "bundles", "hospital-adt-to-district");

    @TempDir
    private Path folder;

    private Path bundle;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copy() throws IOException {
        bundle = folder.resolve("hospital-adt-to-district");
        try (Stream<Path> files = Files.walk(BUNDLE)) {
            for (Path file : files.toList()) {
                Files.copy(file, bundle.resolve(BUNDLE.relativize(file).toString()));
            }
        }
    }

    @Test
    void tests_that_pass_say_what_they_ran() throws IOException {
        assertThat(run("bundle", "test", "--json", bundle.toString())).isZero();
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.at("/coverage/routes").asText()).isEqualTo("2 of 2");
        assertThat(answer.path("stepsMissed")).isEmpty();
        assertThat(answer.path("cases").findValuesAsText("name")).contains("admit", "missing-id");
        assertThat(answer.path("rowsMissed")).isEmpty();
    }

    @Test
    void a_failure_says_found_and_expected_with_file_and_place() throws IOException {
        replace("test/admit.canonical.json", "\"female\"", "\"male\"");
        replace("test/admit.district.csv", "虚构一号", "虚构二号");
        replace("test/admit.ack.hl7", "MSA|AA", "MSA|AE");
        assertThat(run("bundle", "test", bundle.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("test/admit.canonical.json#/resources/0/gender (found \"female\", expected \"male\")")
                .contains("test/admit.district.csv#line 2 cell 7 (found 虚构一号, expected 虚构二号)")
                .contains("test/admit.ack.hl7#MSA-1 (found AA, expected AE)");
        assertThat(out.toString()).contains("FAILED admit").contains("passed missing-id");
    }

    @Test
    void what_it_writes_passes_and_keeps_what_may_differ() throws IOException {
        Path csv = bundle.resolve("test/admit.district.csv");
        String before = Files.readString(csv);
        Files.writeString(bundle.resolve("test/again.hl7"), Files.readString(bundle.resolve("test/admit.hl7")));
        assertThat(run("bundle", "test", "--write", bundle.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(csv)).isEqualToNormalizingNewlines(before);
        assertThat(bundle.resolve("test/again.canonical.json")).exists();
        assertThat(Files.readString(bundle.resolve("test/again.ack.hl7"))).contains("|*||ACK^A01^ACK|*|P|");
        assertThat(Files.readString(bundle.resolve("test/again.district.csv"))).contains("*,ADT^A01,*,");
    }

    @Test
    void a_file_of_no_case_and_a_case_of_no_file_are_failures() throws IOException {
        Files.writeString(bundle.resolve("test/admit.districts.csv"), "x\n");
        Files.writeString(bundle.resolve("test/admti.ack.hl7"), "MSH\r");
        Files.writeString(bundle.resolve("test/alone.hl7"), Files.readString(bundle.resolve("test/admit.hl7")));
        assertThat(run("bundle", "test", bundle.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("test/admit.districts.csv (found districts, expected ack, canonical, issues or one of")
                .contains("test/admti.ack.hl7 (found 0 messages of case admti, expected 1)")
                .contains("test/alone.hl7 (found no file that says what is expected of case alone)");
    }

    @Test
    void a_bundle_that_breaks_a_rule_is_refused_with_file_and_line() throws IOException {
        replace("hospital-adt.map.yaml", "each: ZPI-Patient", "each: NO-Such");
        assertThat(run("bundle", "test", bundle.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("TM-MAP-0102").contains(" at hospital-adt.map.yaml:");
    }

    private void replace(String file, String old, String with) throws IOException {
        String text = Files.readString(bundle.resolve(file));
        assertThat(text).contains(old);
        Files.writeString(bundle.resolve(file), text.replace(old, with));
    }

    private int run(String... arguments) {
        return new CommandLine(new TongmaiCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
