package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.error.Issue;

class BindingCheckTest {
    private static final List<TransportKind> KINDS = List.of(
            new TransportKind("http", Set.of("url"), Map.of()),
            new TransportKind("mllp", Set.of(), Map.of("host", "")));
    private static final String RULES =
            """
            {"services": [{"id": "find", "gateways": ["BUS"], "methods": ["POST"], "path": "/find",
              "access": {"identity": "NONE"},
              "transport": {"kind": "http", "targets": [{"url": "http://127.0.0.1"}]},
              "binding": {"protocols": ["SOAP_1_1", "XML"], "namespace": "urn:city", "operation": "Find", "action": "urn:find",
                "arrays": ["id"], "location": "https://bus.example.cn/find"}}]}""";

    @Test
    void a_binding_that_can_be_kept_is_published_and_read_back_as_it_was() {
        RuleSet rules = RuleFiles.read(RULES);
        assertThat(RuleCheck.violations(rules, KINDS, List.of())).isEmpty();
        assertThat(RuleFiles.read(RuleFiles.write(rules))).isEqualTo(rules);
        assertThat(rules.services().get(0).binding().response()).isEqualTo("FindResponse");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`[\"SOAP_1_1\", \"XML\"]`, [], binding.protocols",
                "`[\"POST\"]`, `[\"PUT\"]`, methods",
                "`\"operation\": \"Find\"`, `\"operation\": \"a:b\"`, binding.operation",
                "`\"operation\": \"Find\"`, `\"operation\": \"Find\", \"response\": \"Find\"`, binding.response",
                "`\"namespace\": \"urn:city\", `, ``, binding.namespace",
                "`\"urn:city\"`, `\"http://schemas.xmlsoap.org/soap/envelope/\"`, binding.namespace",
                "`\"urn:city\"`, `\"a b\"`, binding.namespace",
                "`\"urn:find\"`, `\"a b\"`, binding.action",
                "`[\"id\"]`, `[\"\"]`, binding.arrays",
                "https://bus.example.cn/find, file:///etc, binding.location",
                "`\"kind\": \"http\", \"targets\": [{\"url\": \"http://127.0.0.1\"}]`, `\"kind\": \"mllp\"`, binding"
            })
    void one_that_can_not_is_not_and_the_place_is_said(String good, String bad, String place) {
        String broken = RULES.replace(good, bad == null ? "" : bad);
        assertThat(broken).isNotEqualTo(RULES);
        assertThat(RuleCheck.violations(RuleFiles.read(broken), KINDS, List.of()))
                .extracting(Issue::location)
                .contains("services[find]." + place);
    }
}
