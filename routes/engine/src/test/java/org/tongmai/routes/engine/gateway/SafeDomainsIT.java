package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.UserGateway.outcome;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of other sites, and ways to other hosts, over HTTP against a node. */
class SafeDomainsIT {
    private static final String MOTHER = "110101198503070023";

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin,access-control-request-method");
    }

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
        gateway.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            Backend.reply(exchange, 200, "fine");
        };
        gateway.backend.calls.set(0);
    }

    @Test
    void a_preflight_is_answered_by_the_gateway_for_published_methods_and_listed_origins() {
        HttpResponse<String> answer = preflight("/go", "https://two.example:8443", "POST");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().map())
                .containsEntry("access-control-allow-origin", List.of("https://two.example:8443"))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("access-control-allow-methods", List.of("GET, POST"))
                .containsEntry("access-control-allow-headers", List.of("authorization, content-type"))
                .containsEntry("vary", List.of("Origin"));
        assertThat(outcome(preflight("/go", "https://two.example:8443", "DELETE")))
                .isEqualTo("TM-GATE-0002");
        assertThat(outcome(preflight("/nowhere", "https://two.example:8443", "GET")))
                .isEqualTo("TM-GATE-0001");
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @Test
    void a_page_of_an_origin_that_is_not_listed_exactly_gets_nothing() {
        for (String origin : List.of(
                "https://evil.example",
                "https://one.example.evil.example",
                "https://one.example:8443",
                "http://one.example",
                "https://ONE.example",
                "https://one.example/",
                "null",
                "*")) {
            HttpResponse<String> asked = preflight("/go", origin, "GET");
            HttpResponse<String> called = SignedCaller.send(
                    gateway.as(MOTHER, "/go").header("Origin", origin).build());
            for (HttpResponse<String> answer : List.of(asked, called)) {
                assertThat(outcome(answer)).as(origin).isEqualTo("TM-GATE-0067");
                assertThat(answer.headers().firstValue("access-control-allow-origin"))
                        .isEmpty();
            }
        }
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @Test
    void answers_to_a_listed_page_say_so_refusals_too_and_never_what_the_service_says() {
        HttpResponse<String> passed = SignedCaller.send(gateway.as(MOTHER, "/plain/x")
                .header("Origin", "https://app.example")
                .build());
        HttpResponse<String> refused = SignedCaller.send(gateway.request("/plain/x")
                .header("Origin", "https://app.example")
                .build());
        HttpResponse<String> noPage =
                SignedCaller.send(gateway.as(MOTHER, "/plain/x").build());

        assertThat(passed.body()).isEqualTo("fine");
        assertThat(outcome(refused)).isEqualTo("TM-GATE-0060");
        for (HttpResponse<String> answer : List.of(passed, refused)) {
            assertThat(answer.headers().allValues("access-control-allow-origin"))
                    .containsExactly("https://app.example");
            assertThat(answer.headers().allValues("vary")).containsExactly("Origin");
            assertThat(answer.headers().firstValue("access-control-expose-headers"))
                    .contains("x-tongmai-trace");
            assertThat(answer.headers().firstValue("access-control-allow-credentials"))
                    .isEmpty();
        }
        assertThat(noPage.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void an_answer_that_leads_elsewhere_is_withheld() {
        for (String location : List.of(
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https://pay.example.cn@evil.example/",
                "https://pay.example.cn.evil.example/",
                "https://evilhealth.example.cn/",
                "http://pay.example.cn/",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://pay.example.cn:8443/",
                "https://pay.example.cn\\@evil.example/",
                "/ok\u0009/x")) {
            assertThat(outcome(led(location))).as(location).isEqualTo("TM-GATE-0068");
        }
        for (String location : List.of(
                "/go/next",
                "next?x=https://evil.example",
                "?page=2",
                "https://pay.example.cn/a?b=c",
                "https://PAY.example.cn",
                "https://a.b.health.example.cn/x")) {
            assertThat(led(location).statusCode()).as(location).isEqualTo(302);
        }
        gateway.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().set("Refresh", "0;url=https://evil.example");
            Backend.reply(exchange, 200, "fine");
        };
        assertThat(outcome(SignedCaller.send(gateway.as(MOTHER, "/go").build())))
                .isEqualTo("TM-GATE-0068");
    }

    @Test
    void a_parameter_that_leads_elsewhere_is_refused_wherever_it_stands() {
        for (String query : List.of(
                "returnUrl=https://evil.example",
                "returnUrl=%2F%2Fevil.example",
                "returnurl=https://evil.example",
                "return_url=https://evil.example",
                "%72eturnUrl=https://evil.example",
                "returnUrl=/ok&returnUrl=https://evil.example",
                "returnUrl[]=https://evil.example".replace("[]", "%5B%5D"),
                "a=1;returnUrl=https://evil.example",
                "a;returnUrl=https://evil.example",
                "returnUrl=/ok;returnUrl=https://evil.example",
                "returnUrl=https%253A%252F%252Fevil.example",
                "returnUrl=/%255Cevil.example",
                "returnUrl=%5C%5Cevil.example")) {
            assertThat(outcome(
                            SignedCaller.send(gateway.as(MOTHER, "/go?" + query).build())))
                    .as(query)
                    .isIn("TM-GATE-0069", "TM-SCREEN-00");
        }
        assertThat(form("application/x-www-form-urlencoded")).isEqualTo("TM-GATE-0069");
        assertThat(form("application/x-www-form-urlencoded, text/plain")).isEqualTo("TM-GATE-0070");
        assertThat(form("multipart/form-data; boundary=b")).isEqualTo("TM-GATE-0070");
        assertThat(gateway.backend.calls).hasValue(0);
        assertThat(outcome(SignedCaller.send(
                        gateway.as(MOTHER, "/go?returnUrl=" + encoded("https://pay.example.cn/x") + "&page=//x")
                                .build())))
                .isEqualTo("pass");
    }

    @Test
    void parameters_are_looked_into_only_after_the_content_is_bounded_and_of_one_type() {
        assertThat(form("multipart/form-data; boundary=a; boundary=b")).isEqualTo("TM-SCREEN-00");
    }

    private static String form(String type) {
        return outcome(SignedCaller.send(gateway.as(MOTHER, "/go")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("returnUrl=" + encoded("https://evil.example/")))
                .build()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> led(String location) {
        gateway.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", location);
            Backend.reply(exchange, 302, "");
        };
        return SignedCaller.send(gateway.as(MOTHER, "/go").build());
    }

    private static HttpResponse<String> preflight(String target, String origin, String method) {
        return SignedCaller.send(gateway.request(target)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "Content-Type, Authorization")
                .build());
    }
}
