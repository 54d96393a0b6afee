package org.tongmai.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables as FHIR resources and operations; each line of {@code terminology.csv} is a request and what it answers. */
class FhirTerminologyIT {
    private static FhirFixture fhir;

    @BeforeAll
    static void start() throws Exception {
        fhir = new FhirFixture();
    }

    @AfterAll
    static void stop() throws Exception {
        fhir.close();
    }

    static Stream<String[]> questions() throws IOException {
        try (InputStream in = FhirTerminologyIT.class.getResourceAsStream("/terminology.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(line -> line.split(";", 3)).toList().stream();
        }
    }

    @ParameterizedTest(name = "{0} answers {2}")
    @MethodSource("questions")
    void a_question_is_answered_from_the_tables(String request, String where, String expected) throws Exception {
        JsonNode answer = fhir.json(encoded(request));
        String found = where.startsWith("/")
                ? answer.at(where).asText()
                : String.join(" ", parameter(answer.path("parameter"), where.split("\\.")));
        assertThat(found).as(answer.toString()).isEqualTo(expected);
    }

    private static String encoded(String request) {
        return URI.create(request.replace("|", "%7C")).toASCIIString();
    }

    /** The values of a parameter, or of one part of it. */
    private static List<String> parameter(JsonNode parameters, String[] name) {
        List<String> values = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            if (!parameter.path("name").asText().equals(name[0])) {
                continue;
            }
            if (name.length > 1) {
                values.addAll(parameter(parameter.path("part"), new String[] {name[1]}));
                continue;
            }
            JsonNode coding = parameter.path("valueCoding");
            if (!coding.isMissingNode()) {
                values.add(coding.path("system").asText() + "|"
                        + coding.path("code").asText());
                continue;
            }
            parameter.properties().stream()
                    .filter(property -> property.getKey().startsWith("value"))
                    .forEach(property -> values.add(property.getValue().asText()));
        }
        return values;
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "CodeSystem/absent, 404, TM-FHIR-0002",
        "CodeSystem/a/b, 404, TM-FHIR-0011",
        "CodeSystem/$expand, 404, TM-FHIR-0011",
        "CodeSystem?colour=red, 400, TM-FHIR-0005",
        "CodeSystem/$lookup?system=gbt-2261-1-sex, 400, TM-FHIR-0004",
        "CodeSystem/$lookup?system=gbt-2261-1-sex&code=7, 404, TM-TERM-0012",
        "CodeSystem/$lookup?system=gbt-2261-1-sex&code=1&date=soon, 400, TM-FHIR-0004",
        "CodeSystem/$lookup?system=nowhere&code=7, 404, TM-TERM-0002",
        "CodeSystem/$lookup?system=icd-10-insurance&code=A00, 404, TM-TERM-0011",
        "ValueSet/$expand?url=icd-10-insurance, 404, TM-TERM-0011",
        "ValueSet/shanghai-districts/$expand?count=x, 400, TM-FHIR-0004",
        "ConceptMap/$translate?code=1, 400, TM-FHIR-0004",
        "ConceptMap/$translate?url=absent&code=1, 404, TM-TERM-0002",
    })
    void what_can_not_be_answered_is_an_outcome_with_a_code(String path, int status, String code) throws Exception {
        HttpResponse<String> response = fhir.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(code).contains("OperationOutcome");
    }

    @Test
    void parameters_may_come_in_a_body_with_a_coding() throws Exception {
        HttpResponse<String> response = fhir.send(fhir.request("ConceptMap/$translate")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString("{\"resourceType\":\"Parameters\",\"parameter\":["
                        + "{\"name\":\"url\",\"valueUri\":\"urn:tongmai:concept-map:gbt-2261-1-to-administrative-gender\"},"
                        + "{\"name\":\"coding\",\"valueCoding\":"
                        + "{\"system\":\"urn:oid:2.16.156.10011.2.3.3.4\",\"code\":\"1\"}}]}")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"code\":\"male\"");
    }

    @Test
    void a_body_that_is_no_parameters_is_refused() throws Exception {
        for (String body : List.of("{", "{\"resourceType\":\"Patient\"}", "[".repeat(60_000), "x".repeat(70_000))) {
            HttpResponse<String> response = fhir.send(fhir.request("CodeSystem/$lookup")
                    .header("Content-Type", "application/fhir+json")
                    .POST(BodyPublishers.ofString(body)));
            assertThat(response.statusCode()).isBetween(400, 413);
            assertThat(response.body()).contains("TM-FHIR-");
        }
    }

    @Test
    void metadata_names_the_operations_and_xml_is_spoken() throws Exception {
        assertThat(fhir.get("metadata").body())
                .contains("CodeSystem-lookup", "ValueSet-expand", "ConceptMap-translate", "NamingSystem");
        assertThat(fhir.send(fhir.request("CodeSystem/gbt-2261-1-sex").header("Accept", "application/fhir+xml"))
                        .body())
                .startsWith("<CodeSystem");
    }
}
