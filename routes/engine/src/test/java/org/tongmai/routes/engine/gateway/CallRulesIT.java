package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, String> places = new HashMap<>(Map.of("LIS", "ACTIVE"));
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
        refused(rules.text(places()).replace("{\"id\":\"his\"", "{\"id\":\"lis\""), "systems", "services[slots].system");
    }

    private static void refused(String text, String... locations) {
        assertThatThrownBy(() -> gateway.publish(text))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(issue -> issue.location())
                        .containsExactlyInAnyOrder(locations));
    }
}
