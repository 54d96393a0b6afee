package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;
import org.tongmai.standards.validation.ValidationRequest.Format;

/**
 * Whatever senders write into fields, what is made of a message that is taken passes the profiles: the golden messages
 * with values of {@code hostile-values.txt} put in, the same on every run.
 */
class HostileValuesTest {
    private static final Path GOLDEN = Path.of("../../mappings/hl7v2-to-fhir/golden");
    private static final int ROUNDS = Integer.getInteger("hostile.rounds", 3);
    private static final Terminology TERMINOLOGY = Terminology.load();

    @Test
    void what_is_made_of_messages_with_hostile_values_passes_the_profiles() throws IOException {
        MappingSettings settings = new MappingSettings(ZoneId.of("Asia/Shanghai"), List.of(), extent());
        MappedCorpus corpus = new MappedCorpus(MappingEngine.compile(TERMINOLOGY, settings));
        MappingEngine store = MappingEngine.compile(TERMINOLOGY, MappingSettings.defaults());
        List<String> values = values();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".hl7"))
                    .sorted()
                    .toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                for (int round = 0; round < ROUNDS; round++) {
                    String name = file.getFileName() + " round " + round;
                    String hostile = changed(text, values, new Random(name.hashCode()));
                    if (store.takes(MappedCorpus.received(hostile))) {
                        corpus.map(hostile, name);
                    }
                }
            }
        }
        Map<String, String> broken = new TreeMap<>();
        try (HapiResourceValidator validator =
                new HapiResourceValidator(ValidationSettings.defaults(), TERMINOLOGY, null)) {
            corpus.resources().forEach((resource, name) -> judge(validator, resource, name, broken));
        }
        System.out.printf(
                "hostile values: %d messages mapped, %d distinct resources, %d rules broken%n",
                corpus.mapped(), corpus.resources().size(), broken.size());
        broken.forEach((rule, example) -> System.out.println("  " + rule + ": " + example));
        assertThat(corpus.mapped()).isGreaterThan(100);
        assertThat(broken).isEmpty();
    }

    private static Extent extent() {
        return Extent.valueOf(System.getProperty("hostile.extent", "STORED"));
    }

    /** The message with some of its components replaced; the header stays, for it decides what is mapped. */
    private static String changed(String message, List<String> values, Random random) {
        List<String> out = new ArrayList<>();
        for (String segment : message.split("\\R")) {
            String[] fields = segment.split("\\|", -1);
            for (int i = 1; i < fields.length && !segment.startsWith("MSH"); i++) {
                if (!fields[i].isEmpty() && random.nextInt(4) == 0) {
                    String[] components = fields[i].split("\\^", -1);
                    components[random.nextInt(components.length)] = values.get(random.nextInt(values.size()));
                    fields[i] = String.join("^", components);
                }
            }
            out.add(String.join("|", fields));
        }
        return String.join("\r", out);
    }

    private static List<String> values() throws IOException {
        try (InputStream in = HostileValuesTest.class.getResourceAsStream("/hostile-values.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .toList();
        }
    }

    private static void judge(
            HapiResourceValidator validator, ObjectNode resource, String name, Map<String, String> broken) {
        String type = resource.path("resourceType").asText();
        ValidationRequest request = new ValidationRequest(
                resource.toString().getBytes(StandardCharsets.UTF_8),
                Format.JSON,
                validator.profile(type).map(List::of).orElse(List.of()));
        for (Finding finding : validator.validate(request).findings()) {
            if (finding.wrong()) {
                String place = finding.location().replaceAll("\\[\\d+]", "");
                broken.putIfAbsent(
                        type + ": " + finding.rule() + " at " + place, name + ": " + finding.text() + " " + resource);
            }
        }
    }
}
