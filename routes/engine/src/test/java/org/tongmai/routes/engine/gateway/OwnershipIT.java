package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.UserGateway.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.gateway.OwnershipProposal.Standing;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Form;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Policy;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Who;

/** Users who ask for what is not theirs (IDOR, 越权), over HTTP against a node. */
class OwnershipIT {
    private static final Map<String, String> NUMBERS = Map.of(
            "mother", "110101198503070023",
            "child", "110101201503070017",
            "father", "110101198203070015",
            "stranger", "11010119900307451X");
    private static final String IDENTITY_NUMBER = "urn:oid:2.16.156.10011.1.3";

    private static UserGateway gateway;

    @BeforeAll
    static void open() throws Exception {
        gateway = new UserGateway();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void answerFine() {
        gateway.family.away = false;
        gateway.backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        gateway.backend.calls.set(0);
    }

    @TestFactory
    Stream<DynamicTest> every_foreign_case_is_blocked_and_every_own_one_passes() throws Exception {
        try (InputStream in = OwnershipIT.class.getResourceAsStream("idor-cases.json")) {
            List<JsonNode> cases = StreamSupport.stream(
                            new ObjectMapper().readTree(in).spliterator(), false)
                    .toList();
            assertThat(cases).hasSizeGreaterThan(150);
            return cases.stream()
                    .map(each -> DynamicTest.dynamicTest(each.path("case").asText(), () -> judge(each)));
        }
    }

    private static void judge(JsonNode each) {
        gateway.backend.calls.set(0);
        gateway.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders()
                    .set("content-type", each.path("answerType").asText("application/json"));
            Backend.reply(exchange, 200, each.path("answer").asText("{}"));
        };
        HttpRequest.Builder request = gateway.as(
                        NUMBERS.get(each.path("as").asText()),
                        each.path("target").asText().replace("[", "%5B").replace("]", "%5D"))
                .method(
                        each.path("method").asText(),
                        HttpRequest.BodyPublishers.ofString(each.path("body").asText("")));
        if (each.has("type")) {
            request.header("Content-Type", each.path("type").asText());
        }
        if (each.has("encoding")) {
            request.header("Content-Encoding", each.path("encoding").asText());
        }

        HttpResponse<String> answer = SignedCaller.send(request.build());

        String expected = each.path("expect").asText();
        assertThat(outcome(answer)).isIn((Object[]) expected.split("\\|"));
        boolean answerJudged = expected.startsWith("TM-GATE-0073") || expected.startsWith("TM-GATE-0074");
        assertThat(gateway.backend.calls).hasValue(expected.equals("pass") || answerJudged ? 1 : 0);
        if (!expected.equals("pass")) {
            assertThat(answer.statusCode()).isBetween(400, 502);
            NUMBERS.values().forEach(number -> assertThat(answer.body()).doesNotContain(number));
        }
    }

    @Test
    void while_the_index_can_not_be_asked_only_what_needs_no_asking_passes() {
        gateway.family.away = true;

        gateway.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().set("content-type", "application/json");
            Backend.reply(exchange, 200, "{\"data\":[{\"idCard\":\"110101198503070031\"}]}");
        };
        assertThat(outcome(get("mother", "/people/110101198503070023/reports"))).isEqualTo("pass");
        HttpResponse<String> away = get("father", "/people/110101198503070029/reports");
        assertThat(outcome(away)).isEqualTo("TM-GATE-0072");
        assertThat(away.statusCode()).isEqualTo(503);
        // The service was called: nobody is told to come again.
        assertThat(outcome(get("father", "/mine"))).isEqualTo("TM-GATE-0074");
    }

    @Test
    void what_is_withheld_is_in_the_audit_log_with_a_pseudonym_and_nobody_s_number() {
        gateway.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().set("content-type", "application/json");
            Backend.reply(exchange, 200, "{\"data\":[{\"idCard\":\"11010119900307451X\"}]}");
        };

        HttpResponse<String> answer = get("mother", "/mine");

        assertThat(outcome(answer)).isEqualTo("TM-GATE-0073");
        AuditRecord record = Audited.record(gateway.node.audit, answer);
        assertThat(record.outcome()).isEqualTo("TM-GATE-0073");
        assertThat(record.actor().name()).matches("user:[0-9a-f]{16}@residents");
        assertThat(record.object()).isEqualTo("user/mine");
    }

    @Test
    void a_failed_answer_keeps_its_status_and_loses_what_it_says() {
        for (String said : List.of("no such person: 11010119900307451X", "")) {
            gateway.backend.answers = (exchange, body) -> {
                for (String field : List.of("Set-Cookie", "ETag", "Link", "X-Person")) {
                    exchange.getResponseHeaders().set(field, "11010119900307451X");
                }
                exchange.getResponseHeaders().set("Location", "/people/11010119900307451X");
                exchange.getResponseHeaders().set("Retry-After", "30");
                Backend.reply(exchange, 404, said);
            };

            HttpResponse<String> answer = get("mother", "/mine");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().map().toString()).doesNotContain("11010119900307451X");
            assertThat(answer.headers().map().keySet()).contains("retry-after", "x-tongmai-trace");
        }
    }

    @Test
    void a_service_that_learns_lets_calls_pass_and_proposes_what_always_held() {
        List<String> users = List.of("mother", "child", "father", "stranger");
        gateway.backend.answers = (exchange, body) -> {
            String path = exchange.getRequestURI().getPath();
            String number = path.substring(path.lastIndexOf('/') + 1);
            exchange.getResponseHeaders().set("content-type", "application/json");
            Backend.reply(exchange, 200, "{\"rows\":[{\"who\":\"" + number + "\",\"kind\":\"7\"}]}");
        };
        String target = "/learn/%s?doctor=11010119900307451X&patient=p-%s";
        for (int i = 0; i < 24; i++) {
            String user = users.get(i % 4);
            String asked = user.equals("mother") && i > 12 ? "child" : user;
            long before = calls();
            assertThat(outcome(get(user, target.formatted(NUMBERS.get(asked), asked))))
                    .isEqualTo("pass");
            await().until(() -> calls() > before);
        }

        List<OwnershipProposal> proposals = gateway.node.registry.ownershipProposals("learning");

        assertThat(proposals.stream()
                        .filter(each -> each.standing() == Standing.PROPOSED)
                        .map(OwnershipProposal::policy))
                .containsExactlyInAnyOrder(
                        new Policy(Part.PATH, "id", IDENTITY_NUMBER, Form.VALUE, Who.SELF_OR_WARD),
                        new Policy(Part.QUERY, "patient", "Patient", Form.VALUE, Who.SELF_OR_WARD),
                        new Policy(Part.ANSWER, "/rows/*/who", IDENTITY_NUMBER, Form.VALUE, Who.SELF_OR_WARD));
        assertThat(proposals.stream().filter(each -> each.standing() == Standing.MIXED))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.policy().name()).isEqualTo("doctor"));
        assertThat(proposals).allSatisfy(each -> assertThat(each.users()).isBetween(1, 4));
        assertThat(proposals.toString()).doesNotContain(NUMBERS.get("mother"));
    }

    private static long calls() {
        return gateway.node.registry.ownershipProposals("learning").stream()
                .mapToLong(OwnershipProposal::calls)
                .max()
                .orElse(0);
    }

    private static HttpResponse<String> get(String user, String target) {
        return SignedCaller.send(gateway.as(NUMBERS.get(user), target).build());
    }
}
