package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.error.CodedException;

class SubmissionReaderTest {
    private static final String MESSAGE =
            """
            {"resourceType": "Bundle", "type": "message", "entry": [
             {"resource": {"resourceType": "MessageHeader", "id": "m", "eventCoding": {"code": "%s"},
               "source": {"endpoint": "%s"}, "destination": [{"endpoint": "%s"}]}},
             {"resource": {"resourceType": "Patient"}}]}""";

    private final StoredTypes types = new StoredTypes();
    private final SubmissionReader reader =
            new SubmissionReader(types, FhirSettings.defaults().writing());

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/patient-keys.csv", delimiter = ';', numLinesToSkip = 1, quoteCharacter = '`')
    void what_names_a_patient_is_ordered_by_it(String type, String elements, String key) {
        String body = "{\"resourceType\":\"" + type + "\"," + elements + "}";
        assertThat(PatientKey.of(read("/" + type, body), types).get(0)).isEqualTo(key);
    }

    @Test
    void a_transaction_is_ordered_by_every_patient_it_touches() {
        String entry =
                "{\"request\":{\"method\":\"POST\",\"url\":\"%1$s\"},\"resource\":{\"resourceType\":\"%1$s\",%2$s}}";
        String body = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + String.join(
                        ",",
                        entry.formatted("Observation", "\"subject\":{\"reference\":\"Patient/p\"}"),
                        entry.formatted("Observation", "\"subject\":{\"reference\":\"Patient?identifier=s|7\"}"),
                        entry.formatted("Observation", "\"subject\":{\"reference\":\"Patient/p\"}"),
                        entry.formatted("Patient", "\"identifier\":[{\"system\":\"s\",\"value\":\"8\"}]"))
                + "]}";
        assertThat(PatientKey.of(read("/", body), types))
                .containsExactly(
                        "Patient/" + CanonicalIds.idFor("Patient", "s", "8"),
                        "Patient/p",
                        "Patient/" + CanonicalIds.idFor("Patient", "s", "7"));
    }

    @Test
    void a_message_is_called_by_its_event_and_its_systems() {
        Submission message = read("/$process-message", MESSAGE.formatted("admit-1", "http://a.b:8/c", "urn:oid:1.2"));
        assertThat(message.type()).isEqualTo("message^admit-1");
        assertThat(message.envelope().source()).isEqualTo("http://a.b:8/c");
        assertThat(message.envelope().header()).as("to be judged").isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/message-headers.csv", delimiter = ';', numLinesToSkip = 1, quoteCharacter = '`')
    void what_watchers_see_of_a_message_names_no_person(
            String what, String event, String source, String destination, String element) {
        assertThatThrownBy(() -> read("/$process-message", MESSAGE.formatted(event, source, destination)))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo(FhirError.INVALID_REQUEST);
                    assertThat(e.issues().get(0).location()).isEqualTo("Bundle.entry[0].resource." + element);
                });
    }

    private Submission read(String target, String body) {
        return reader.read(new RawRequest("POST", target, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
