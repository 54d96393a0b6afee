package org.tongmai.mappings.cda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** Reads the CDA documents of other people that lie beside the repository; skipped where they do not. */
class ForeignDocumentsTest {
    private final Map<String, Integer> resources = new TreeMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private final Map<String, Integer> noticed = new TreeMap<>();
    private final Map<String, CanonicalBundle> read = new HashMap<>();

    @Test
    void every_document_is_read_or_refused_with_a_code_and_a_node() throws IOException {
        Path folder = corpus();
        assumeThat(folder).as("shared/corpora/cda beside the repository").isNotNull();
        CdaMappings cda = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            readOne(cda, file);
        }
        System.out.println("CDA documents: " + files.size() + ", read " + read.size() + ", refused " + refused.size());
        System.out.println("resources: " + resources);
        System.out.println("noticed: " + noticed);
        refused.forEach((file, why) -> System.out.println("refused " + file + ": " + why));
        assertThat(read.size() + refused.size()).isEqualTo(files.size());
        assertThat(read.size()).isGreaterThanOrEqualTo(19);
        assertThat(resources.keySet())
                .contains("Patient", "Encounter", "Condition", "AllergyIntolerance", "MedicationStatement")
                .contains("Immunization", "Observation", "Procedure", "Practitioner", "Organization", "Composition");
    }

    private void readOne(CdaMappings cda, Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            CanonicalBundle bundle = cda.read(Files.readAllBytes(file));
            read.put(file.toString(), bundle);
            for (CanonicalResource resource : bundle.resources()) {
                resources.merge(resource.type(), 1, Integer::sum);
                FhirR4.context()
                        .newJsonParser()
                        .parseResource(resource.content().toString());
            }
            bundle.issues().forEach(issue -> noticed.merge(issue.code().code(), 1, Integer::sum));
        } catch (CodedException e) {
            Issue issue = e.issues().get(0);
            assertThat(issue.location()).as(name).isNotEmpty();
            refused.put(
                    file.toString()
                            .substring(file.getParent().getParent().toString().length()),
                    issue.text());
        }
    }

    private static Path corpus() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path corpus = folder.resolve("shared").resolve("corpora").resolve("cda");
            if (Files.isDirectory(corpus)) {
                return corpus;
            }
        }
        return null;
    }
}
