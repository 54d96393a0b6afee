package org.tongmai.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.FhirR4;

/**
 * FHIR resources of other people come out of the store and the endpoint as they went in: JSON as JSON and XML as XML,
 * every element and every digit, but for {@code meta.versionId} and {@code meta.lastUpdated}, which the store sets.
 * {@code round-trip.csv} lists the files that do not, each with the reason.
 */
class RoundTripIT {
    private final TreeMap<String, String> different = new TreeMap<>();
    private int stored;
    private int served;

    @Test
    void the_examples_come_out_as_they_went_in() throws Exception {
        Path folder = corpus();
        assumeThat(folder).as("shared/corpora/fhir beside the repository").isNotNull();
        try (FhirFixture fhir = new FhirFixture();
                Stream<Path> files = Files.walk(folder)) {
            Set<String> types = fhir.store.parameters().types();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString();
                Optional<ObjectNode> resource = read(file);
                if (resource.isEmpty()) {
                    different.put(name, "is no FHIR R4 resource that can be read");
                } else {
                    roundTrip(fhir, types, name, resource.get());
                }
            }
        }
        System.out.printf(
                "round trip: %d resources through the store, %d of them through the endpoint as JSON and XML, %d differ%n",
                stored, served, different.size());
        different.forEach((name, why) -> System.out.println("  " + name + ": " + why));
        assertThat(different.keySet()).containsExactlyElementsOf(listed());
    }

    private void roundTrip(FhirFixture fhir, Set<String> types, String name, ObjectNode resource) throws Exception {
        String type = resource.path("resourceType").asText();
        String id = "rt-" + stored++;
        resource.put("id", id);
        ObjectNode before = withoutVersion(resource);
        fhir.upsert(resource.toString());
        compare(
                name,
                "store",
                before,
                fhir.store.find(type, id).orElseThrow().resource().content());
        if (!types.contains(type)) {
            return;
        }
        served++;
        compare(name, "JSON", before, (ObjectNode) fhir.json(type + "/" + id));
        HttpResponse<String> xml = fhir.get(type + "/" + id + "?_format=xml");
        String json = FhirR4.context()
                .newJsonParser()
                .encodeResourceToString(FhirR4.context().newXmlParser().parseResource(xml.body()));
        compare(name, "XML", before, (ObjectNode) FhirFixture.JSON.readTree(json));
    }

    private void compare(String name, String way, ObjectNode before, ObjectNode after) {
        List<String> found = new ArrayList<>();
        JsonDifference.find("", before, withoutVersion(after), found);
        if (!found.isEmpty()) {
            different.putIfAbsent(name, way + " " + found);
        }
    }

    private static ObjectNode withoutVersion(ObjectNode resource) {
        ObjectNode copy = resource.deepCopy();
        if (copy.get("meta") instanceof ObjectNode meta) {
            meta.remove(List.of("versionId", "lastUpdated"));
            if (meta.isEmpty()) {
                copy.remove("meta");
            }
        }
        return copy;
    }

    /** The resource of a file; XML is read by HAPI strictly. */
    private static Optional<ObjectNode> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .strip();
        try {
            if (text.startsWith("<")) {
                text = FhirR4.context()
                        .newJsonParser()
                        .encodeResourceToString(FhirR4.context()
                                .newXmlParser()
                                .setParserErrorHandler(new StrictErrorHandler())
                                .parseResource(text));
            }
            JsonNode read = FhirFixture.JSON.readTree(text);
            return isFhir(read.path("resourceType").asText()) && read instanceof ObjectNode resource
                    ? Optional.of(resource)
                    : Optional.empty();
        } catch (DataFormatException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isFhir(String type) {
        return FhirR4.context().getResourceTypes().contains(type);
    }

    private static List<String> listed() throws IOException {
        try (InputStream in = RoundTripIT.class.getResourceAsStream("/round-trip.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", 2)[0])
                    .sorted()
                    .toList();
        }
    }

    private static Path corpus() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolveSibling("shared").resolve("corpora").resolve("fhir");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }
}
