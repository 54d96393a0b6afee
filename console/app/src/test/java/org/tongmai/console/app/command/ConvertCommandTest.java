package org.tongmai.console.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.console.app.TongmaiApplication;

/** Runs the commands as processes of their own: what goes to which output is the point. */
class ConvertCommandTest {
    private static final Path MAPPINGS = Path.of("..", "..", "mappings");
    private static final String MESSAGE =
            MAPPINGS.resolve("hl7v2-to-fhir/golden/adt-a01-admit.hl7").toString();

    @TempDir
    Path folder;

    private record Run(int exitCode, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @Test
    void only_a_word_in_front_is_a_command() {
        assertThat(TongmaiCommand.isCommand("convert", "cda-to-fhir")).isTrue();
        assertThat(TongmaiCommand.isCommand("--tongmai.ports.offset=1000")).isFalse();
        assertThat(TongmaiCommand.isCommand()).isFalse();
    }

    @Test
    void the_result_goes_to_the_output_and_what_was_noticed_beside_it() throws Exception {
        Run run = run(null, "convert", "hl7v2-to-fhir", MESSAGE);
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().path("resourceType").textValue()).isEqualTo("Bundle");
        assertThat(run.out()).contains("欧阳");
        assertThat(run.err()).contains("WARNING TM-MAP-0005").contains("PV1-10");
    }

    @Test
    void with_lineage_everything_is_one_object() throws Exception {
        Run run = run(null, "convert", "hl7v2-to-fhir", "--lineage", MESSAGE);
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().path("result").path("resourceType").textValue()).isEqualTo("Bundle");
        assertThat(run.json().at("/issues/0/code").textValue()).isEqualTo("TM-MAP-0005");
        assertThat(run.json().at("/lineage/0/source").textValue()).isNotEmpty();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_document_is_read_from_the_input_and_written_as_it_is() throws Exception {
        Path bundle = MAPPINGS.resolve("fhir-to-cda/golden/c0007-laboratory-report.bundle.json");
        Run run = run(bundle.toFile(), "convert", "fhir-to-cda", "-o", "type=C0007");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .isEqualTo(Files.readString(MAPPINGS.resolve("fhir-to-cda/golden/c0007-laboratory-report.cda.xml")));
    }

    @Test
    void a_refusal_a_wrong_word_and_a_missing_file_have_exit_codes_of_their_own() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.hl7"), "garbage");
        assertThat(TongmaiCommand.execute("convert", "hl7v2-to-fhir", garbage.toString()))
                .isEqualTo(1);
        assertThat(TongmaiCommand.execute("convert", "hl7v2-to-fhir", "no-such-file"))
                .isEqualTo(2);
        assertThat(TongmaiCommand.execute("convert", "a-to-b")).isEqualTo(2);
        assertThat(TongmaiCommand.execute("convrt")).isEqualTo(2);
    }

    private Run run(File input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-cp",
                System.getProperty("java.class.path"),
                TongmaiApplication.class.getName()));
        command.addAll(List.of(arguments));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder process = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        if (input != null) {
            process.redirectInput(input);
        }
        int exitCode = process.start().waitFor();
        return new Run(
                exitCode,
                Files.readString(out.toPath(), StandardCharsets.UTF_8),
                Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }
}
