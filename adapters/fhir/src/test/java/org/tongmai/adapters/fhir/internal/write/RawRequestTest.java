package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.error.CodedException;

class RawRequestTest {
    @Test
    void a_request_reads_back_as_it_was_written() {
        byte[] body = "{\"text\": \"虚构\r\n\r\n\"}".getBytes(StandardCharsets.UTF_8);
        RawRequest sent = new RawRequest(
                "PUT",
                "/Patient?identifier=a|1",
                Map.of("if-match", "W/\"3\"", "content-type", "application/fhir+json; charset=UTF-8"),
                body);

        RawRequest read = RawRequest.parse(sent.bytes());

        assertThat(read.method()).isEqualTo("PUT");
        assertThat(read.path()).isEqualTo("/Patient");
        assertThat(read.query()).isEqualTo("identifier=a|1");
        assertThat(read.headers()).isEqualTo(sent.headers());
        assertThat(read.body()).isEqualTo(body);
        assertThat(read.media()).isEqualTo("application/fhir+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Patient\r\nx: y", "/Patient x", "/Patient\u0000"})
    void an_address_can_not_bring_lines_of_its_own(String target) {
        assertThatThrownBy(() -> new RawRequest("POST", target, Map.of(), new byte[0]))
                .isInstanceOf(CodedException.class);
    }

    @Test
    void a_header_can_not_bring_lines_of_its_own() {
        Map<String, String> headers = Map.of("if-none-exist", "identifier=1\r\nif-match: 3");
        assertThatThrownBy(() -> new RawRequest("POST", "/Patient", headers, new byte[0]))
                .isInstanceOf(CodedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "POST\r\n\r\n", "POST / HTTP/1.1\r\nno header\r\n\r\n", "POST / HTTP/1.1"})
    void what_is_no_request_is_refused(String bytes) {
        assertThatThrownBy(() -> RawRequest.parse(bytes.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CodedException.class);
    }
}
