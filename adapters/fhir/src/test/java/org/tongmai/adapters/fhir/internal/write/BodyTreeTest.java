package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.validation.ValidationRequest.Format;

class BodyTreeTest {
    private final BodyTree bodies = new BodyTree(FhirSettings.Writing.defaults());

    @Test
    void a_number_is_bounded_by_the_digits_it_has_where_it_is_written_out() {
        for (String number :
                new String[] {"9".repeat(990) + "E400", "9".repeat(401), "1E400", "1E-400", "0.5E-1000000"}) {
            assertRefused(("{\"value\": " + number + "}").getBytes(StandardCharsets.UTF_8), Format.JSON);
        }
        assertThat(bodies.read(("{\"value\": " + "9".repeat(400) + "}").getBytes(StandardCharsets.UTF_8), Format.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "x-UTF-16LE-BOM"})
    void json_in_another_encoding_than_the_journal_keeps_is_refused(String charset) {
        assertRefused("{\"resourceType\": \"Patient\"}".getBytes(Charset.forName(charset)), Format.JSON);
    }

    @Test
    void a_byte_order_mark_of_utf_8_may_stand_before_json() {
        assertThat(bodies.read("\uFEFF{\"a\": \"\u00FE\"}".getBytes(StandardCharsets.UTF_8), Format.JSON))
                .isNotEmpty();
    }

    @Test
    void an_entry_with_an_empty_resource_is_refused_with_a_code() {
        String bundle =
                "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"batch\"/><entry><resource/></entry></Bundle>";
        assertRefused(bundle.getBytes(StandardCharsets.UTF_8), Format.XML);
    }

    private void assertRefused(byte[] body, Format format) {
        assertThatThrownBy(() -> bodies.read(body, format))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(FhirError.UNREADABLE_BODY));
    }
}
