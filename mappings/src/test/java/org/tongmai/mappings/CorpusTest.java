package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.terminology.Terminology;

/** Maps the messages of other people that lie beside the repository; skipped where they do not. */
class CorpusTest {
    private static final List<String> FOLDERS =
            List.of("hl7v2", "hl7v2-derived-chinese", "hl7v2-fhir-pairs", "v2-to-fhir-mappings/samples");

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private int mapped;
    private int refused;

    @Test
    void every_message_of_a_mapped_type_is_mapped_or_refused_with_a_code() throws IOException {
        Path corpora = TestMessages.corpora();
        assumeThat(corpora).as("corpora beside the repository").isNotNull();
        MappingEngine engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(corpora.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    mapAll(engine, file);
                }
            }
        }
        if (Boolean.getBoolean("corpus.report")) {
            System.out.println("mapped " + mapped + ", refused " + refused);
            counts.forEach((key, count) -> System.out.println(count + " " + key));
            refusals.forEach((key, count) -> System.out.println(count + " " + key));
            examples.forEach(System.out::println);
        }
        assertThat(mapped).isGreaterThan(280);
    }

    private void mapAll(MappingEngine engine, Path file) throws IOException {
        byte[] raw = Files.readAllBytes(file);
        String text = new String(raw, charset(file));
        int start = text.indexOf("MSH|");
        while (start >= 0) {
            int next = nextHeader(text, start + 4);
            mapOne(engine, file, text.substring(start, next < 0 ? text.length() : next));
            start = next;
        }
    }

    private static int nextHeader(String text, int from) {
        int carriage = text.indexOf("\rMSH|", from);
        int line = text.indexOf("\nMSH|", from);
        int at = carriage < 0 ? line : line < 0 ? carriage : Math.min(carriage, line);
        return at < 0 ? -1 : at + 1;
    }

    private void mapOne(MappingEngine engine, Path file, String text) {
        try {
            CanonicalBundle bundle = engine.map(TestMessages.received(text));
            mapped++;
            counts.merge("mapped " + bundle.event(), 1, Integer::sum);
            bundle.issues().forEach(issue -> counts.merge("  noticed " + key(issue), 1, Integer::sum));
        } catch (CodedException e) {
            refused++;
            for (Issue issue : e.issues()) {
                if (issue.severity() != Severity.WARNING) {
                    refusals.merge("refused " + key(issue), 1, Integer::sum);
                }
            }
            examples.add(file.getFileName() + ": " + e.issues().get(0).text());
        }
    }

    private static String key(Issue issue) {
        return issue.code().code() + " " + issue.location().replaceAll("\\[\\d+]", "") + " " + issue.detail();
    }

    private static Charset charset(Path file) {
        String name = file.getFileName().toString();
        if (name.contains("-gb")) {
            return Charset.forName("GB18030");
        }
        return name.contains("-big5") ? Charset.forName("Big5") : StandardCharsets.UTF_8;
    }
}
