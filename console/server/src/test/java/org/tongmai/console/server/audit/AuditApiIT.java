package org.tongmai.console.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.sample.RouteLike;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.console.server.sample.SampleAudit;

/** Whoever governs leaves a record, and what can not be recorded is not done. */
class AuditApiIT {
    private static final String DESTINATION = "hospital-adt-to-district.deliver-to-district";
    private static final String PAUSE = "/api/destinations/" + DESTINATION + "/pause";
    private static final String RESUME = "/api/destinations/" + DESTINATION + "/resume";
    private static final String ROUTE = "org.apache.camel:context=audited,type=routes,name=\\\"a.route\\\"";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    private List<JsonNode> records(String query) {
        HttpResponse<String> answer = console.get("audit-administrator", "/api/audit?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return StreamSupport.stream(
                            json.readTree(answer.body()).get("items").spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> post(String account, String path, String trace) {
        return console.send(console.request(account, path)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .POST(BodyPublishers.noBody()));
    }

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void a_change_is_recorded_before_it_is_done_and_after() {
        String trace = trace();
        assertThat(post("operator", RESUME, trace).statusCode()).isEqualTo(204);
        await().untilAsserted(() -> {
            List<JsonNode> found = records("trace=" + trace);
            assertThat(found).hasSize(2);
            assertThat(found.get(1).at("/what/outcome").asText()).isEqualTo("begun");
            assertThat(found.get(0).at("/what/outcome").asText()).isEqualTo("204");
            assertThat(found).allSatisfy(each -> {
                assertThat(each.path("actor").asText()).isEqualTo("operator");
                assertThat(each.path("act").asText()).isEqualTo("destination.resume");
                assertThat(each.path("address").asText()).isEqualTo("127.0.0.1");
                assertThat(each.at("/what/object").asText()).isEqualTo("POST " + RESUME);
            });
        });
    }

    @Test
    void a_refused_change_is_recorded_with_who_tried_and_without_the_rest_of_the_address() {
        String trace = trace();
        assertThat(post("viewer", "/api/patient-index/operations/9/unmerge", trace)
                        .statusCode())
                .isEqualTo(403);
        await().untilAsserted(() -> assertThat(records("trace=" + trace))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path("actor").asText()).isEqualTo("viewer");
                    assertThat(each.at("/what/object").asText()).isEqualTo("POST /api/patient-index/…");
                    assertThat(each.at("/what/outcome").asText()).isEqualTo("403");
                }));
    }

    @Test
    void another_spelling_of_the_address_is_recorded_as_well() {
        String trace = trace();
        assertThat(post("viewer", "/%61pi/accounts/engineer/disable", trace).statusCode())
                .isEqualTo(403);
        await().untilAsserted(() -> assertThat(records("trace=" + trace))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path("actor").asText()).isEqualTo("viewer");
                    assertThat(each.at("/what/object").asText()).isEqualTo("POST /api/accounts/…");
                }));
    }

    @Test
    void what_changes_nothing_leaves_no_record_and_reading_of_a_raw_message_does() {
        String trace = trace();
        post("operator", "/api/convert/a-to-b", trace);
        String id = console.get("viewer", "/api/messages?limit=1&state=DELIVERED")
                .body()
                .replaceFirst("(?s).*\"id\":\"([0-9]+)\".*", "$1");
        console.send(console.request("operator", "/api/messages/" + id + "/raw").GET());
        await().untilAsserted(() -> assertThat(records("act=message.read"))
                .anyMatch(each -> each.at("/what/object").asText().endsWith("/api/messages/" + id + "/raw")));
        assertThat(records("trace=" + trace)).isEmpty();
    }

    @Test
    void a_failed_login_is_recorded_but_no_name_that_no_account_has() {
        String secret = "my-password-" + trace();
        console.send(HttpRequest.newBuilder(console.uri("/api/session"))
                .header("Authorization", RunningConsole.basic(secret, "wrong"))
                .GET());
        console.send(HttpRequest.newBuilder(console.uri("/api/session"))
                .header("Authorization", RunningConsole.basic("sender", "wrong"))
                .GET());
        await().untilAsserted(() -> assertThat(records("act=login.failed"))
                .anyMatch(each -> each.path("actor").asText().equals("sender"))
                .anyMatch(each -> each.path("actor").asText().isEmpty()));
        assertThat(records("actor=" + secret)).isEmpty();
        assertThat(console.get("sender", "/api/session").statusCode()).isEqualTo(200);
    }

    @Test
    void a_person_who_signs_in_and_out_leaves_two_records() throws Exception {
        int before = records("actor=engineer&act=logout").size();
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        submit(
                browser,
                "/login",
                "username=engineer&password="
                        + URLEncoder.encode(console.passwords().get("engineer"), StandardCharsets.UTF_8));
        submit(browser, "/logout", "");
        await().untilAsserted(
                        () -> assertThat(records("actor=engineer&act=logout")).hasSize(before + 1));
        assertThat(records("actor=engineer&act=login")).isNotEmpty();
    }

    private void submit(HttpClient browser, String path, String form) throws Exception {
        URI login = console.uri("/login");
        String page = browser.send(HttpRequest.newBuilder(login).build(), BodyHandlers.ofString())
                .body();
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(console.uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                form + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Location")).get().asString().doesNotContain("error");
    }

    @Test
    void an_operation_on_an_mbean_is_recorded_done_or_refused() {
        RouteLike route = RouteLike.register(ROUTE.replace("\\", ""));
        String stop = "{\"type\":\"exec\",\"mbean\":\"" + ROUTE + "\",\"operation\":\"stop()\"}";
        console.post("viewer", "/actuator/jolokia/", stop);
        console.post("operator", "/actuator/jolokia/", stop);
        assertThat(route.getStops()).isEqualTo(1);
        await().untilAsserted(() -> {
            List<JsonNode> found = records("act=management.execute").stream()
                    .filter(each -> each.at("/what/object").asText().contains("context=audited"))
                    .toList();
            assertThat(found)
                    .extracting(each -> each.path("actor").asText() + " "
                            + each.at("/what/outcome").asText())
                    .contains("viewer TM-CONSOLE-0002", "operator begun");
        });
    }

    @Test
    void what_can_not_be_recorded_is_not_done() throws Exception {
        RouteLike route = RouteLike.register(ROUTE.replace("\\", ""));
        assertThat(console.get("operator", "/api/session").statusCode()).isEqualTo(200);
        SampleAudit audit = console.bean(SampleAudit.class);
        audit.leave();
        try {
            HttpResponse<String> answer = post("operator", PAUSE, trace());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("TM-AUDIT-0001");
            assertThat(console.get("operator", "/api/destinations").body()).doesNotContain("PAUSED");
            console.post(
                    "operator",
                    "/actuator/jolokia/",
                    "{\"type\":\"exec\",\"mbean\":\"" + ROUTE + "\",\"operation\":\"stop()\"}");
            assertThat(route.getStops()).isZero();
        } finally {
            audit.comeBack();
        }
        assertThat(post("operator", RESUME, trace()).statusCode()).isEqualTo(204);
    }

    @Test
    void a_record_is_shown_with_its_number_and_its_digest_and_one_that_is_not_there_is_a_coded_404() throws Exception {
        String trace = trace();
        post("operator", RESUME, trace);
        await().until(() -> records("trace=" + trace).size() == 2);
        JsonNode first = records("trace=" + trace).get(1).path("place");
        String place = first.path("node").asText() + "/" + first.path("block").asLong();
        String path = "/api/audit/records/" + place + "/" + first.path("record").asInt();
        JsonNode proof = json.readTree(console.get("audit-administrator", path).body());
        assertThat(proof.at("/item/act").asText()).isEqualTo("destination.resume");
        assertThat(proof.path("findings")).isEmpty();
        assertThat(proof.at("/written/line").asText()).contains(trace);
        assertThat(proof.at("/written/number").asLong()).isPositive();
        assertThat(proof.at("/written/links/digest").asText()).matches("[0-9a-f]{64}");
        assertThat(proof.has("signature")).isTrue();
        HttpResponse<String> none = console.get("audit-administrator", "/api/audit/records/" + place + "/5000");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("TM-CONSOLE-0055");
    }

    @Test
    void what_is_kept_is_told_with_the_retention() throws Exception {
        JsonNode holding = json.readTree(
                console.get("audit-administrator", "/api/audit/holding").body());
        assertThat(holding.path("retentionDays").asInt()).isEqualTo(180);
        assertThat(holding.at("/days/0/bytes").asLong()).isPositive();
        assertThat(holding.at("/chains/0/records").asLong()).isPositive();
        assertThat(holding.at("/chains/0/dropped").asLong()).isZero();
    }

    @Test
    void the_log_is_intact_and_tells_its_keys_and_acts() throws Exception {
        JsonNode verdict = json.readTree(
                console.get("audit-administrator", "/api/audit/verify").body());
        assertThat(verdict.path("intact").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(verdict.path("next").asText()).isEmpty();
        assertThat(verdict.at("/chains/0/keys").asText()).isEqualTo("PINNED");
        JsonNode keys = json.readTree(
                console.get("audit-administrator", "/api/audit/keys").body());
        assertThat(keys.at("/0/publicKey").asText()).contains("PUBLIC KEY");
        assertThat(console.get("audit-administrator", "/api/audit/acts").body()).contains("登录失败");
    }
}
