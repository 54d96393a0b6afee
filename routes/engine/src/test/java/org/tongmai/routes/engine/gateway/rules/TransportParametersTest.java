package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.util.TimeUtils;
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
                            "port", "22",
                            "socketTimeout", "5000",
                            "answerTimeout", "30s",
                            "largeBody", "0")),
            new TransportKind("mllp", Set.of("entry", "host", "port"), Map.of()));

    private static List<Issue> violations(RuleSet rules) {
        return PublicationCheck.violations(rules, KINDS, List.of(), Doors.ALL);
    }

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
        "socketTimeout, 2147483648",
        "port, 0",
        "port, 65536",
        "port, twenty-two",
        "answerTimeout, 0",
        "answerTimeout, 0s",
        "answerTimeout, -5s",
        "answerTimeout, 1x",
        "answerTimeout, 1m2x",
        "answerTimeout, 1s1m",
        "answerTimeout, 1ms2s",
        "answerTimeout, 2S",
        "answerTimeout, 1.5s",
        "answerTimeout, PT1S",
        "answerTimeout, 2d",
        "answerTimeout, s",
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
        assertThat(violations(RuleFiles.read(RULES.formatted(name, value))))
                .singleElement()
                .satisfies(issue -> assertThat(issue.location()).isEqualTo("services[s].transport.parameters"));
    }

    @Test
    void a_number_that_is_too_small_is_told_and_nothing_that_is_no_number() {
        assertThat(violations(RuleFiles.read(RULES.formatted("socketTimeout", "0"))))
                .extracting(Issue::detail)
                .containsExactly("found: socketTimeout 0 (expected: a whole number from 1 on)");
        assertThat(violations(RuleFiles.read(RULES.formatted("socketTimeout", "s3cret"))))
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
        "answerTimeout, 1d",
        "answerTimeout, 1h2m3s4ms",
        "port, 65535",
        "knownHostsFile, /etc/tongmai/known_hosts"
    })
    void what_a_template_asks_for_is_taken(String name, String value) {
        assertThat(violations(RuleFiles.read(RULES.formatted(name, value)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2575, 0", "0, 1", "65536, 1", "abc, 1"})
    void a_port_is_one_where_the_template_has_no_default_too(String port, int violations) {
        String rules =
                """
                {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["POST"], "path": "/s", "access": {"identity": "NONE"},
                  "transport": {"kind": "mllp", "parameters": {"host": "a", "port": "%s"}}}]}""";

        assertThat(violations(RuleFiles.read(rules.formatted(port)))).hasSize(violations);
    }

    @Test
    void what_is_in_force_with_times_and_numbers_of_nothing_runs_with_those_of_the_template() {
        String rules =
                """
                {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
                  "transport": {"kind": "xml", "targets": [{"url": "http://a"}],
                    "parameters": {"answerTimeout": "%s", "socketTimeout": "%s", "root": "order"}}}]}""";
        for (String nothing : List.of("0", "", "-1")) {
            RunnableRules runnable = RunnableRules.of(RuleFiles.read(rules.formatted(nothing, nothing)), KINDS);
            assertThat(runnable.rules().services().get(0).transport().parameters())
                    .as(nothing)
                    .isEqualTo(Map.of("root", "order"));
            assertThat(runnable.otherwise())
                    .as(nothing)
                    .extracting(Issue::detail)
                    .containsExactly(
                            "found: answerTimeout, which says nothing (30s counts)",
                            "found: socketTimeout, which says nothing (5000 counts)");
            assertThat(RuleCheck.violations(runnable.rules(), KINDS, List.of())).isEmpty();
        }
        RuleSet well = RuleFiles.read(rules.formatted("2d", "7"));
        assertThat(RunnableRules.of(well, KINDS)).isEqualTo(new RunnableRules(well, List.of()));
        assertThat(RuleCheck.violations(well, KINDS, List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "2s", "1m30s", "1d", "500ms", "1s500ms", "1h2m3s4ms", "999999s", "00", "1d1ms"})
    void a_time_that_is_read_is_what_camel_reads(String text) {
        assertThat(TimeText.of(text).orElseThrow().toMillis()).isEqualTo(TimeUtils.toMilliSeconds(text));
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

        assertThat(violations(RuleFiles.read(rules)))
                .filteredOn(issue -> issue.location().contains("policies"))
                .hasSize(violations);
    }

    @Test
    void a_service_of_a_kind_that_goes_to_targets_has_one() {
        String rules =
                """
                {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
                  "transport": {"kind": "xml", "parameters": {"root": "order"}}}]}""";

        assertThat(violations(RuleFiles.read(rules)))
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

        assertThat(violations(RuleFiles.read(rules)))
                .extracting(Issue::location)
                .containsExactly(
                        "services[s].transport.parameters",
                        "services[s].transport.parameters",
                        "services[s].transport",
                        "services[s].traffic.copy");
    }
}
