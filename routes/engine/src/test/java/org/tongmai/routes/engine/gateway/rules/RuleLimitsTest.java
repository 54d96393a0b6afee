package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.error.Issue;

class RuleLimitsTest {
    private static final String RULES =
            """
            {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
              "transport": {"kind": "http", "targets": [{"url": "http://a"}]}%s}]}""";

    @Test
    void a_service_whose_rule_says_nothing_has_five_seconds_no_attempt_more_and_ten_megabytes() {
        Service service = RuleFiles.read(RULES.formatted("")).services().get(0);
        assertThat(service.traffic().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(service.traffic().timeoutRetries()).isZero();
        assertThat(service.traffic().errorRetries()).isZero();
        assertThat(service.content().maxBody()).isEqualTo(10 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({"timeoutRetries, 3", "errorRetries, 2"})
    void more_attempts_after_time_outs_or_errors_than_may_be_are_not_published(String member, int most) {
        assertThat(violations(member, most)).isEmpty();
        assertThat(violations(member, most + 1))
                .extracting(Issue::location)
                .containsExactly("services[s].traffic." + member);
    }

    private static List<Issue> violations(String member, int times) {
        String rules = RULES.formatted(", \"traffic\": {\"" + member + "\": " + times + "}");
        TransportKind http = new TransportKind("http", Set.of("url"), Map.of());
        return RuleCheck.violations(RuleFiles.read(rules), List.of(http), List.of());
    }
}
