package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class MethodGuardTest {
    private final MethodGuard guard = new MethodGuard(List.of("POST", "PUT"));

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "delete", "PATCH ", ""})
    void a_post_that_wants_to_be_what_the_service_does_not_offer_is_refused(String method) {
        for (HttpCall call : calls(method)) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> guard.admit(new Passage(GatewayKind.BUS, call, Runnable::run)))
                    .matches(e -> e.code() == GatewayError.METHOD_NOT_OFFERED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "put", "POST"})
    void a_post_that_is_one_of_the_offered_methods_passes(String method) {
        for (HttpCall call : calls(method)) {
            assertThatCode(() -> guard.admit(new Passage(GatewayKind.BUS, call, Runnable::run)))
                    .doesNotThrowAnyException();
        }
    }

    /** By query, form and a form of several parts. */
    private static List<HttpCall> calls(String method) {
        return List.of(
                call("a=1&_method=" + method, "text/plain", "x"),
                call("", "application/x-www-form-urlencoded", "a=1&%5FMethod=" + method),
                call(
                        "",
                        "multipart/form-data; boundary=b",
                        "--b\r\nContent-Disposition: form-data; name=\"_method\"\r\n\r\n" + method + "\r\n--b--\r\n"),
                call(
                        "",
                        "multipart/form-data; boundary=b",
                        "--b\r\nContent-Disposition: form-data; name=\"_method\"\r\nContent-Type: text/plain\r\n\r\n"
                                + method + "\r\n--b--\r\n"));
    }

    private static HttpCall call(String query, String type, String content) {
        return new HttpCall(
                "POST",
                "/",
                query,
                HttpFields.of("content-type", type),
                content.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1");
    }
}
