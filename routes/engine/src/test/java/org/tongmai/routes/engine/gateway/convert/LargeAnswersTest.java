package org.tongmai.routes.engine.gateway.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.exchange.SpooledContent;

/** Rules can change between an upload and its call: what lies in a file is refused then, and nothing fails. */
class LargeAnswersTest {
    private static final String RULES =
            """
            {"services": [{"id": "find", "gateways": ["BUS"], "methods": ["POST"], "path": "/find",
              "transport": {"kind": "http", "targets": [{"url": "http://one.example"}]},
              "binding": {"protocols": ["SOAP_1_1", "SOAP_1_2", "XML"], "namespace": "urn:test", "operation": "find"}}]}
            """;

    @TempDir
    Path directory;

    private final XmlBinding binding =
            new XmlBinding(RuleFiles.read(RULES).services().get(0).binding());

    private SpooledContent file() {
        SpooledContent file =
                new Spool(directory, new Spool.Bounds(1, 100, 0)).ofAnswer().begin();
        file.append("{}".getBytes(StandardCharsets.UTF_8));
        return file;
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void an_answer_in_a_file_is_not_converted_and_an_error_in_one_is_told_by_its_status(Protocol protocol) {
        HttpFields json = HttpFields.of("content-type", "application/json");
        try (SpooledContent file = file()) {
            assertThatThrownBy(() -> binding.answer(new HttpAnswer(200, json, file), protocol))
                    .isInstanceOfSatisfying(Refused.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(GatewayError.ANSWER_NOT_CONVERTED));
            assertThat(new String(
                            binding.answer(new HttpAnswer(503, json, file), protocol)
                                    .body(),
                            StandardCharsets.UTF_8))
                    .contains("status 503");
        }
    }

    @Test
    void what_a_call_with_a_file_speaks_is_known() {
        try (SpooledContent file = file()) {
            for (String type : List.of("text/xml", "application/json")) {
                HttpFields fields = HttpFields.of("content-type", type, "accept", "application/xml");
                assertThat(binding.spoken(new HttpCall("POST", "/find", "", fields, file, "127.0.0.1")))
                        .isEqualTo(type.equals("text/xml") ? Optional.of(Protocol.SOAP_1_1) : Optional.empty());
            }
        }
    }
}
