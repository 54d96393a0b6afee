package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.UserGateway.RSA;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;

/** Rules that stop calls of several services, callers or users at once, over HTTP against the open and the user gateway. */
class CallRulesIT {
    private static final String MOTHER = "110101198503070023";

    private static UserGateway gateway;
    private static CallRules rules;

    @BeforeAll
    static void open() throws Exception {
        gateway = new UserGateway();
        rules = new CallRules(gateway);
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void publish() {
        gateway.backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        gateway.backend.calls.set(0);
        rules.publish(places());
    }

    private static Map<String, String> places(String... others) {
        Map<String, String> places = new HashMap<>(Map.of("LIS", "ACTIVE", "DENIED", "192.0.2.0/24", "CALLS", "0"));
        for (int i = 0; i < others.length; i += 2) {
            places.put(others[i], others[i + 1]);
        }
        return places;
    }

    private static HttpResponse<String> asMother(String target) {
        return SignedCaller.send(gateway.as(MOTHER, target).build());
    }

    @Test
    void a_system_that_is_suspended_takes_its_services_with_it_at_every_gateway_and_no_others() {
        assertThat(rules.open("desk", "/results").statusCode()).isEqualTo(200);
        assertThat(asMother("/my-results").statusCode()).isEqualTo(200);

        rules.publish(places("LIS", "SUSPENDED"));
        gateway.backend.calls.set(0);

        for (HttpResponse<String> refused : List.of(rules.open("desk", "/results"), asMother("/my-results"))) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("TM-GATE-0030");
        }
        assertThat(gateway.backend.calls).hasValue(0);
        assertThat(rules.open("desk", "/slots").statusCode()).isEqualTo(200);
        assertThat(asMother("/plain/x").statusCode()).isEqualTo(200);
    }

    @Test
    void a_service_of_a_system_that_is_not_there_is_not_published() {
        refused(rules.text(places()).replace("\"system\":\"his\"", "\"system\":\"ris\""), "services[slots].system");
        refused(
                rules.text(places()).replace("{\"id\":\"his\"", "{\"id\":\"lis\""),
                "systems[lis]",
                "services[slots].system");
    }

    @Test
    void all_applications_of_a_caller_together_call_no_more_than_was_agreed_with_it_and_others_go_on() {
        rules.publish(places("CALLS", "3"));

        assertThat(rules.open("desk", "/slots").statusCode()).isEqualTo(200);
        assertThat(rules.open("ward", "/slots").statusCode()).isEqualTo(200);
        assertThat(rules.open("desk", "/slots").statusCode()).isEqualTo(200);
        for (String application : List.of("desk", "ward")) {
            HttpResponse<String> refused = rules.open(application, "/slots");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(code(refused)).isEqualTo("TM-GATE-0016");
            assertThat(refused.body()).contains("caller");
        }
        assertThat(gateway.backend.calls).hasValue(3);
        assertThat(asMother("/plain/x").statusCode()).isEqualTo(200);
        refused(rules.text(places("CALLS", "-1")), "callers[district].rate");
    }

    @Test
    void from_a_denied_address_nothing_passes_at_that_gateway_not_even_a_question_of_a_browser() {
        rules.publish(places("DENIED", "127.0.0.1"));

        HttpRequest preflight = gateway.request("/plain/x")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET")
                .build();
        for (HttpResponse<String> refused : List.of(
                asMother("/plain/x"), asMother("/nowhere"), SignedCaller.send(preflight), asMother("/suspended"))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(code(refused)).isEqualTo("TM-GATE-0005");
        }
        assertThat(gateway.backend.calls).hasValue(0);
        assertThat(rules.open("desk", "/slots").statusCode())
                .as("at another gateway")
                .isEqualTo(200);
        rules.publish(places());
        assertThat(asMother("/plain/x").statusCode()).isEqualTo(200);
        assertThat(SignedCaller.send(preflight).statusCode()).isEqualTo(204);
        refused(rules.text(places("DENIED", "localhost")), "addresses.USER.deny");
    }

    @Test
    void a_user_on_the_deny_list_does_not_pass_whatever_the_token_says_and_is_named_as_in_the_audit_log() {
        HttpResponse<String> before = asMother("/plain/x");
        assertThat(before.statusCode()).isEqualTo(200);
        String pseudonym =
                Audited.actor(gateway.node.audit, before).replaceFirst("user:([0-9a-f]{16})@residents", "$1");

        gateway.publish(denying(pseudonym));

        HttpResponse<String> refused = asMother("/plain/x");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("TM-GATE-0031");
        assertThat(Audited.actor(gateway.node.audit, refused)).isEqualTo("user:" + pseudonym + "@residents");
        assertThat(SignedCaller.send(
                                gateway.as("110101198203070015", "/plain/x").build())
                        .statusCode())
                .as("somebody else")
                .isEqualTo(200);
    }

    @Test
    void another_deny_list_has_no_key_of_the_provider_fetched_again_and_counts_at_once() {
        Supplier<HttpResponse<String>> call = () -> SignedCaller.send(gateway.request("/fetched")
                .header("Authorization", "Bearer " + Tokens.good(MOTHER).signed(RSA, JWSAlgorithm.RS256))
                .build());
        await().until(() -> call.get().statusCode() == 200);
        int fetched = gateway.provider.calls.get();
        String pseudonym =
                Audited.actor(gateway.node.audit, call.get()).replaceFirst("user:([0-9a-f]{16})@fetched", "$1");

        gateway.publish(denying("fetched", "0123456789abcdef"));
        assertThat(call.get().statusCode()).isEqualTo(200);
        gateway.publish(denying("fetched", pseudonym));
        assertThat(code(call.get())).isEqualTo("TM-GATE-0031");
        gateway.publish(rules.text(places()));
        assertThat(call.get().statusCode()).isEqualTo(200);

        assertThat(gateway.provider.calls).hasValue(fetched);
    }

    @Test
    void a_number_on_the_deny_list_is_refused_and_not_said_again() {
        assertThatThrownBy(() -> gateway.publish(denying(MOTHER)))
                .hasMessageContaining("identityProviders[residents].deniedUsers")
                .message()
                .doesNotContain(MOTHER);
    }

    private static String denying(String user) {
        return denying("residents", user);
    }

    private static String denying(String provider, String user) {
        String rules = CallRulesIT.rules.text(places());
        String begin = "{\"id\":\"" + provider + "\",";
        int providers = rules.indexOf("\"identityProviders\"");
        assertThat(rules.indexOf(begin, providers)).isPositive();
        return rules.substring(0, providers)
                + rules.substring(providers)
                        .replaceFirst(Pattern.quote(begin), begin + "\"deniedUsers\":[\"" + user + "\"],");
    }

    private static void refused(String text, String... locations) {
        assertThatThrownBy(() -> gateway.publish(text))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(issue -> issue.location())
                        .containsExactlyInAnyOrder(locations));
    }
}
