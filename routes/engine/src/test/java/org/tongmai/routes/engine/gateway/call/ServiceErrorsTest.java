package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Gateways.TargetState;
import org.tongmai.routes.engine.gateway.convert.XmlAnswer;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Which answers of a service are errors: tried again, and counted until it is left alone. */
class ServiceErrorsTest {
    private static final String RULES =
            """
            {"services": [{"id": "slots", "gateways": ["BUS"], "methods": ["GET", "POST"], "path": "/slots",
              "access": {"identity": "NONE"},
              "transport": {"kind": "%s", "targets": [{"url": "http://one.example"}]},
              "traffic": {%s "errorRetries": 2, "breaker": {"minimumCalls": 6}}}]}
            """;
    private static final String NO_FAULT =
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><r/></e:Body></e:Envelope>";
    private static final String FAULT =
            """
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><x/></e:Header><e:Body>
              <e:Fault><faultcode>e:Server</faultcode><faultstring>no such order</faultstring></e:Fault>
            </e:Body></e:Envelope>""";

    private int calls;

    private static RuleSet rules(String kind, String statuses) {
        return RuleFiles.read(RULES.formatted(kind, statuses));
    }

    /** Of a service that always answers so. */
    private Calling answering(RuleSet rules, HttpAnswer answer) {
        return new Calling(
                rules.services().get(0),
                new Carrier() {
                    @Override
                    public void carry(
                            HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done) {
                        calls++;
                        try {
                            done.accept(
                                    carried(rules.services().get(0).transport().kind(), answer), null);
                        } catch (CodedException e) {
                            done.accept(null, e);
                        }
                    }

                    @Override
                    public Presence presence() {
                        return new Presence();
                    }
                },
                () -> 1);
    }

    /** As the route of the kind makes of it. */
    private static HttpAnswer carried(String kind, HttpAnswer answer) {
        if (kind.equals("http")) {
            return answer;
        }
        XmlAnswer step = new XmlAnswer();
        step.setSoap(kind.equals("soap") ? "1.1" : "");
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(answer);
        step.process(exchange);
        return exchange.getMessage().getBody(HttpAnswer.class);
    }

    private static HttpAnswer answer(int status, String type, String content) {
        return new HttpAnswer(status, HttpFields.of("Content-Type", type), content.getBytes(StandardCharsets.UTF_8));
    }

    /** The status it is answered, or the code it fails by. */
    private static String outcome(Calling calling, String method) {
        CompletableFuture<String> told = new CompletableFuture<>();
        HttpCall call = new HttpCall(method, "/slots", "", HttpFields.NONE, new byte[0], "127.0.0.1");
        calling.call(
                new Asking(call, "", call.fields()),
                (answer, failure) -> told.complete(
                        failure == null
                                ? Integer.toString(answer.status())
                                : ((CodedException) failure).code().code()));
        return told.join();
    }

    @Test
    void a_service_that_always_answers_500_is_tried_again_where_that_does_no_harm_and_then_left_alone() {
        Calling failing = answering(rules("http", ""), answer(500, "text/html", "<h1>NullPointerException</h1>"));

        assertThat(outcome(failing, "GET")).isEqualTo("500");
        assertThat(calls).isEqualTo(3);
        assertThat(outcome(failing, "POST")).isEqualTo("500");
        assertThat(calls).as("is not idempotent").isEqualTo(4);
        assertThat(outcome(failing, "POST")).isEqualTo("500");
        assertThat(outcome(failing, "POST")).isEqualTo("500");
        assertThat(failing.breaker().state()).isEqualTo("OPEN");
        assertThat(outcome(failing, "POST")).isEqualTo(GatewayError.CIRCUIT_OPEN.code());
        assertThat(calls).isEqualTo(6);
    }

    @Test
    void a_status_that_the_rule_leaves_out_is_an_answer() {
        Calling leavesOut = answering(
                rules("http", "\"errorStatuses\": [502, 503, 504],"), answer(500, "text/html", "<h1>no</h1>"));

        for (int i = 1; i <= 20; i++) {
            assertThat(outcome(leavesOut, "GET")).isEqualTo("500");
            assertThat(calls).isEqualTo(i);
        }
        assertThat(leavesOut.breaker().state()).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "soap"})
    void a_fault_of_soap_is_an_answer_whether_it_is_made_json_or_goes_on_as_it_came(String kind) {
        Calling refusing = answering(rules(kind, ""), answer(500, "text/xml; charset=utf-8", FAULT));

        for (int i = 1; i <= 20; i++) {
            assertThat(outcome(refusing, "GET")).isEqualTo("500");
            assertThat(calls).isEqualTo(i);
        }
        assertThat(refusing.breaker().state()).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http text/xml <error>no</error>",
                "http text/xml @NO_FAULT@",
                "http application/problem+json {}",
                "xml text/xml <error>no</error>",
                "xml text/html <h1>no</h1>",
                "soap text/html <h1>no</h1>",
                "soap text/xml @NO_FAULT@"
            })
    void an_answer_500_without_a_fault_is_an_error_whatever_it_is_written_in(String kindTypeContent) {
        String[] parts = kindTypeContent.replace("@NO_FAULT@", NO_FAULT).split(" ", 3);
        Calling failing = answering(rules(parts[0], ""), answer(500, parts[1], parts[2]));

        String told = parts[0].equals("soap") ? GatewayError.ANSWER_NOT_CONVERTED.code() : "500";
        assertThat(outcome(failing, "GET")).isEqualTo(told);
        assertThat(outcome(failing, "GET")).isEqualTo(told);
        assertThat(calls).isEqualTo(6);
        assertThat(failing.breaker().state()).isEqualTo("OPEN");
        assertThat(failing.targets().get(0).state()).as("it was reached").isEqualTo(TargetState.UP);
    }

    @Test
    void a_status_of_the_call_is_none_of_the_service_s_errors() {
        assertThat(violations(rules("http", "\"errorStatuses\": [500, 599],"))).isEmpty();
        assertThat(violations(rules("http", "\"errorStatuses\": [404, 600],")))
                .extracting(Issue::location)
                .containsExactly("services[slots].traffic.errorStatuses", "services[slots].traffic.errorStatuses");
    }

    private static List<Issue> violations(RuleSet rules) {
        return RuleCheck.violations(rules, List.of(new TransportKind("http", Set.of("url"), Map.of())), List.of());
    }
}
