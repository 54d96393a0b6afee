package org.tongmai.routes.engine.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class CallParametersTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void a_thousand_parameters_are_read_and_one_more_is_refused_before_the_rest_is_looked_at() {
        assertThat(CallParameters.of(post(FORM, "a=1&".repeat(1_000))).all()).hasSize(1_000);
        for (String body : List.of("a=1&".repeat(1_001) + "%", "a=1;".repeat(1_001), ";&".repeat(1_001))) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> CallParameters.of(post(FORM, body)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(GatewayError.IDENTIFIER_UNREADABLE))
                    .withMessageContaining("at most 1000");
        }
    }

    @Test
    void a_name_behind_a_semicolon_counts_too() {
        CallParameters parameters = CallParameters.of(post(FORM, "a=1;return_url=2&&returnUrl[]=3"));

        assertThat(parameters.all()).hasSize(2);
        assertThat(parameters.alike(Names.plainParameter("returnUrl"))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "application/json -> application/json",
                "Application/JSON;charset=UTF-8 -> application/json",
                "application/fhir+json; fhirVersion=4.0 ; x=\"a;b, c\"; -> application/fhir+json",
                "'' -> ''",
            })
    void a_content_type_that_is_one_is_read(String written, String type) {
        assertThat(CallParameters.mediaType(post(written, "x"))).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FORM + ", text/plain",
                FORM + " x",
                FORM + "; charset",
                FORM + "; charset=utf-8; Charset=utf-16",
                FORM + "; charset*=utf-16''x",
                FORM + "; x=\"a",
                FORM + "; x=\"\\\"; charset=utf-8\"",
                "form",
                "/"
            })
    void a_content_type_with_two_readings_or_none_is_refused(String written) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> CallParameters.of(post(written, "a=1")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(GatewayError.IDENTIFIER_UNREADABLE));
    }

    private static HttpCall post(String type, String body) {
        HttpFields fields = HttpFields.of("content-type", type);
        return new HttpCall("POST", "/", "", fields, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1");
    }
}
