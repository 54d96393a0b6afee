package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.error.Issue;

class TransportParametersTest {
    private static final String RULES =
            """
            {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
              "transport": {"kind": "xml", "targets": [{"url": "http://a"}], "parameters": {"%s": "%s"}}}]}""";

    private static final List<TransportKind> KINDS = List.of(
            new TransportKind(
                    "xml",
                    Set.of("entry", "url"),
                    Map.of(
                            "threads", "1",
                            "waiting", "16",
                            "root", "",
                            "namespace", "",
                            "qualified", "true",
                            "knownHostsFile", "",
                            "socketTimeout", "5000",
                            "answerTimeout", "30s",
                            "largeBody", "0")),
            new TransportKind("mllp", Set.of("entry", "host"), Map.of()));

    @ParameterizedTest
    @CsvSource({
        "root, #class:java.lang.Object",
        "root, #bean:dataSource",
        "root, RAW(x)",
        "root, 22&strictHostKeyChecking=no",
        "namespace, a)&tls=none",
        "qualified, no",
        "socketTimeout, 0",
        "socketTimeout, -1",
        "socketTimeout, 5s",
        "answerTimeout, 0",
        "answerTimeout, 0s",
        "answerTimeout, -5s",
        "root, {{gateway.account.district}}",
        "root, ${sys.user}",
        "roots, order",
        "url, http://other",
        "threads, 1000",
        "waiting, 1000",
        "entry, x",
        "password, x"
    })
    void what_camel_would_take_for_more_than_a_text_and_what_rules_may_not_set_is_refused(String name, String value) {
        assertThat(RuleCheck.violations(RuleFiles.read(RULES.formatted(name, value)), KINDS, List.of()))
                .singleElement()
                .satisfies(issue -> assertThat(issue.location()).isEqualTo("services[s].transport.parameters"));
    }

    @Test
    void a_number_that_is_too_small_is_told_and_nothing_that_is_no_number() {
        assertThat(RuleCheck.violations(RuleFiles.read(RULES.formatted("socketTimeout", "0")), KINDS, List.of()))
                .extracting(Issue::detail)
                .containsExactly("found: socketTimeout 0 (expected: a whole number from 1 on)");
        assertThat(RuleCheck.violations(RuleFiles.read(RULES.formatted("socketTimeout", "s3cret")), KINDS, List.of()))
                .extracting(Issue::detail)
                .containsExactly("found: socketTimeout (expected: a whole number from 1 on)");
    }

    @ParameterizedTest
    @CsvSource({
        "root, order",
        "namespace, urn:a#b",
        "namespace, urn:a&b",
        "qualified, false",
        "socketTimeout, 1",
        "answerTimeout, 10ms",
        "answerTimeout, 1m30s",
        "answerTimeout, 2000",
        "knownHostsFile, /etc/tongmai/known_hosts"
    })
    void what_a_template_asks_for_is_taken(String name, String value) {
        assertThat(RuleCheck.violations(RuleFiles.read(RULES.formatted(name, value)), KINDS, List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"soap, PATH, 1", "soap, QUERY, 0", "mail, QUERY, 1", "ftp, PATH, 1", "jms, PATH, 0", "xml, PATH, 0"})
    void an_owner_is_judged_only_by_what_is_sent(String kind, String in, int violations) {
        String rules =
                """
                {"services": [{"id": "s", "gateways": ["USER"], "methods": ["POST"], "path": "/s/{id}",
                  "access": {"identity": "USER", "user": {"provider": "p"}, "ownership": {"mode": "ENFORCE", "policies":
                    [{"in": "%s", "name": "id", "system": "Patient"}]}},
                  "transport": {"kind": "%s"}}]}"""
                        .formatted(in, kind);

        assertThat(RuleCheck.violations(RuleFiles.read(rules), KINDS, List.of()))
                .filteredOn(issue -> issue.location().contains("policies"))
                .hasSize(violations);
    }

    @Test
    void a_service_of_a_kind_that_goes_to_targets_has_one() {
        String rules =
                """
                {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
                  "transport": {"kind": "xml", "parameters": {"root": "order"}}}]}""";

        assertThat(RuleCheck.violations(RuleFiles.read(rules), KINDS, List.of()))
                .extracting(Issue::location)
                .containsExactly("services[s].transport.targets");
    }

    @Test
    void what_a_template_can_not_do_without_and_what_it_has_no_use_for_is_said_at_once() {
        String rules =
                """
                {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
                  "transport": {"kind": "mllp", "targets": [{"url": "http://a"}], "parameters": {"host": " "}},
                  "traffic": {"copy": {"url": "http://b", "percent": 1}}}]}""";

        assertThat(RuleCheck.violations(RuleFiles.read(rules), KINDS, List.of()))
                .extracting(Issue::location)
                .containsExactly(
                        "services[s].transport.parameters", "services[s].transport", "services[s].traffic.copy");
    }
}
