package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ReceivedMessage;

/** What makes two requests the same. */
class RequestReceptionTest {
    private static final String FIRST = "2026-11-26T08:00:00Z";
    private static final String AGAIN = "2026-11-26T08:05:00.123+08:00";
    private static final String JSON =
            """
            {"resourceType": "Bundle", "meta": {"versionId": "1", "lastUpdated" : "%1$s", "tag": [{"code": "x"}]},
             "type": "transaction", "timestamp" : "%1$s", "entry": [{"request": {"method": "POST", "url": "Patient"}, "resource":
             {"resourceType": "Patient", "meta": {"lastUpdated": "2020-01-01T00:00:00Z"}, "name": [{"text": "虚构"}]}}]}""";
    private static final String XML =
            """
            <?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"> <meta><lastUpdated value="%1$s"/></meta>
            <type value="transaction"/><timestamp value="%1$s"/>
            <entry><resource><Patient><meta><lastUpdated value="2020-01-01T00:00:00Z"/></meta>
            <gender value="female"/></Patient></resource>
            <request><method value="POST"/><url value="Patient"/></request></entry></Bundle>""";

    private final StoredTypes types = new StoredTypes();
    private final SubmissionReader reader = new SubmissionReader(types, FhirSettings.Writing.defaults());

    @Test
    void the_address_it_was_sent_to_may_be_another_one() {
        assertThat(whatStays("http://a/fhir", "json", JSON.formatted(FIRST)))
                .isEqualTo(whatStays("https://b.example:8443/fhir", "json", JSON.formatted(FIRST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, XML})
    void the_time_of_sending_may_be_another_one_also_where_it_stands_elsewhere(String bundle) {
        String media = bundle.startsWith("<") ? "xml" : "json";
        assertThat(whatStays("http://a/fhir", media, bundle.formatted(FIRST)))
                .isEqualTo(whatStays("http://a/fhir", media, bundle.formatted(AGAIN)))
                .contains("2020-01-01T00:00:00Z");
    }

    @Test
    void what_is_no_instant_where_a_time_is_expected_may_not_differ() {
        String time = "lastUpdated\" : \"";
        String first = JSON.formatted(FIRST);
        assertThat(first).contains(time + FIRST);
        assertThat(whatStays("http://a/fhir", "json", first.replace(time + FIRST, time + "P1")))
                .isNotEqualTo(whatStays("http://a/fhir", "json", first.replace(time + FIRST, time + "P2")));
    }

    @Test
    void a_time_in_a_resource_may_not_differ() {
        String first = JSON.formatted(FIRST);
        assertThat(whatStays("http://a/fhir", "json", first.replace("2020-01-01", "2021-01-01")))
                .isNotEqualTo(whatStays("http://a/fhir", "json", first));
    }

    @Test
    void the_method_of_an_entry_that_can_not_be_read_names_nobody() {
        RawRequest request = new RawRequest("ZHANG", "/Patient", Map.of(), new byte[0]);
        ReceivedMessage message =
                new RequestReception(request, "sender", "k1", "", "", Instant.EPOCH).message(null, types);
        assertThat(message.keys().type()).isEqualTo("request");
    }

    @Test
    void nothing_else_may_differ() {
        String other = JSON.replace("虚构", "Q").formatted(FIRST);
        assertThat(whatStays("http://a/fhir", "json", other))
                .isNotEqualTo(whatStays("http://a/fhir", "json", JSON.formatted(FIRST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "2026-11-26", "2026-11-26T08:00:00", ""})
    void a_time_of_sending_that_is_no_instant_is_refused(String time) {
        assertThatThrownBy(() -> reader.read(request("http://a/fhir", "json", JSON.formatted(time))))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(FhirError.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x", "$process-message", "http://a/fhir/?x"})
    void an_entry_of_a_batch_can_not_be_a_bundle_again(String url) throws Exception {
        var entry = new ObjectMapper().readTree("{\"request\": {\"method\": \"POST\", \"url\": \"" + url + "\"}}");
        assertThatThrownBy(() -> reader.entryOfBatch(entry, "Bundle.entry[0]", "http://a/fhir"))
                .isInstanceOf(CodedException.class);
    }

    /** What the journal compares. */
    private String whatStays(String base, String media, String body) {
        RawRequest request = request(base, media, body);
        ReceivedMessage message = new RequestReception(request, "sender", "k1", "", "", Instant.EPOCH)
                .message(reader.read(request), types);
        StringBuilder stays = new StringBuilder();
        int from = 0;
        for (ReceivedMessage.Span part : message.varying()) {
            stays.append(new String(message.raw(), from, part.from() - from, StandardCharsets.UTF_8));
            from = part.to();
        }
        return stays.append(new String(message.raw(), from, message.raw().length - from, StandardCharsets.UTF_8))
                .toString();
    }

    private static RawRequest request(String base, String media, String body) {
        return new RawRequest(
                "POST",
                "/",
                Map.of(RawRequest.BASE, base, RawRequest.CONTENT_TYPE, "application/fhir+" + media),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
