package org.tongmai.mappings.hl7out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.terminology.Terminology;

/**
 * Writes every {@code golden/*.bundle.json}, data as other people make them, and compares with the {@code .hl7} and
 * {@code .issues.txt} beside it. Run with {@code -Dgolden.write=true} to write them anew; then read the diff.
 */
class GoldenMessagesTest {
    private static final Path GOLDEN = Path.of("fhir-to-hl7v2", "golden");
    private static final Hl7Order ORDER = new Hl7Order("", StandardCharsets.UTF_8, "1", Instant.EPOCH);
    private static Hl7OutMappings out;

    @BeforeAll
    static void compile() {
        MappingSettings defaults = MappingSettings.defaults();
        out = Hl7OutMappings.compile(
                Terminology.load(), new MappingSettings(defaults.zone(), defaults.overlays(), Extent.WHOLE));
    }

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bundle.json"))
                    .map(name -> name.replace(".bundle.json", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void data_become_the_message_of_their_golden_file(String name) throws IOException {
        String message = null;
        List<Issue> issues;
        try {
            Hl7Output made = out.write(Hl7OutMappings.read(bundle(name)), ORDER);
            message = made.text().replace('\r', '\n');
            issues = made.issues();
        } catch (CodedException refused) {
            issues = refused.issues();
        }
        StringBuilder told = new StringBuilder();
        issues.forEach(issue ->
                told.append(issue.severity()).append(' ').append(issue.text()).append('\n'));
        compare(GOLDEN.resolve(name + ".hl7"), message);
        compare(GOLDEN.resolve(name + ".issues.txt"), told.isEmpty() ? null : told.toString());
    }

    private static void compare(Path expected, String found) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.deleteIfExists(expected);
            if (found != null) {
                Files.writeString(expected, found);
            }
        }
        if (found == null) {
            assertThat(expected).doesNotExist();
        } else {
            assertThat(found).isEqualTo(Files.readString(expected));
        }
    }

    @Test
    void separators_in_values_are_read_as_what_they_are() throws IOException {
        Hl7Output made = out.write(Hl7OutMappings.read(bundle("separators-in-values")), ORDER);
        Hl7Message read = Hl7Message.parse(made.text());
        assertThat(read.first("PID").field(3).component(1).text()).isEqualTo("A|B^C~D\\E&F");
        assertThat(read.first("PID").field(11).component(1).text()).isEqualTo("第一行\n第二行");
    }

    @Test
    void the_charset_asked_for_is_used_and_named() throws IOException {
        Charset gb18030 = Charset.forName("GB18030");
        Hl7Order order = new Hl7Order("ADT^A08", gb18030, "1", Instant.EPOCH);
        Hl7Output made = out.write(Hl7OutMappings.read(bundle("separators-in-values")), order);
        String text = new String(made.raw(), gb18030);
        assertThat(text).contains("王小明");
        assertThat(Hl7Message.parse(text).header().field(18).text()).isEqualTo("GB 18030-2000");
        Hl7Order latin = new Hl7Order("ADT^A08", StandardCharsets.ISO_8859_1, "1", Instant.EPOCH);
        assertThatThrownBy(() -> out.write(Hl7OutMappings.read(bundle("separators-in-values")), latin))
                .hasMessageContaining("TM-MAP-0014");
    }

    @Test
    void what_is_no_fhir_and_an_event_nobody_writes_are_refused_with_a_code() throws IOException {
        for (String body : new String[] {"", "MSH|", "[]", "{}", "{\"resourceType\":\"Bundle\",\"entry\":[{}]}"}) {
            assertThatThrownBy(() -> Hl7OutMappings.read(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body)
                    .hasMessageContaining("TM-MAP-0016");
        }
        byte[] patient = bundle("separators-in-values");
        assertThatThrownBy(() -> out.write(Hl7OutMappings.read(patient), ORDER.as("ADT^Z99")))
                .hasMessageContaining("TM-MAP-0002");
    }

    private static byte[] bundle(String name) throws IOException {
        return Files.readAllBytes(GOLDEN.resolve(name + ".bundle.json"));
    }
}
