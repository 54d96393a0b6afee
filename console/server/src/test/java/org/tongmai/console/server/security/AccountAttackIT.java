package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.sample.Browser;
import org.tongmai.console.server.sample.RunningConsole;

/** Who tries to become more than he is. */
class AccountAttackIT {
    private static final String SECURITY = "security-administrator";
    private static final String VICTIM = "victim";
    private static final String ROLES = "{\"roles\":[\"SECURITY_ADMINISTRATOR\"]}";
    private static final List<String> ACTS = List.of(
            "mallory",
            "victim/roles",
            "victim/enable",
            "victim/disable",
            "victim/unlock",
            "victim/reset-password",
            "victim/end-sessions",
            "victim/remove-second-factor");

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void there_is_a_victim() {
        console.person(VICTIM, Role.VIEWER);
    }

    /** Everything an account act could change. */
    private List<Map<String, Object>> state() {
        return JdbcClient.create(console.bean(DataSource.class))
                .sql("select name, roles, enabled, password_hash, generation, second_factor from console.account"
                        + " where name in ('victim', 'mallory') order by name")
                .query()
                .listOfRows();
    }

    private HttpResponse<String> order(String account, String address, String body) {
        HttpRequest.Builder request =
                console.request(account, "/api/accounts/" + address).header("Content-Type", "application/json");
        return console.send(request.POST(BodyPublishers.ofString(body)));
    }

    @TestFactory
    List<DynamicTest> no_other_role_does_an_act_on_accounts() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String account : List.of(
                "viewer", "operator", "engineer", "administrator", "audit-administrator", "service", "sender")) {
            for (String act : ACTS) {
                tests.add(DynamicTest.dynamicTest(account + " → " + act, () -> {
                    var before = state();
                    HttpResponse<String> answer = order(account, act, ROLES);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
                    assertThat(answer.body()).contains("TM-CONSOLE-0002");
                    assertThat(state().toString()).isEqualTo(before.toString());
                }));
            }
            tests.add(DynamicTest.dynamicTest(account + " → list", () -> assertThat(
                            console.get(account, "/api/accounts").statusCode())
                    .isEqualTo(403)));
        }
        return tests;
    }

    @Test
    void another_spelling_of_the_address_opens_no_door() {
        for (String address : List.of(
                "/api/accounts/",
                "/api/Accounts",
                "/API/accounts",
                "/api/accounts.json",
                "/api/%61ccounts",
                "/api/./accounts",
                "/api/x/../accounts",
                "/api/accounts;x=1",
                "//api/accounts",
                "/api/accounts%2f")) {
            for (String account : List.of("administrator", "viewer")) {
                HttpResponse<String> answer = console.get(account, address);
                assertThat(answer.body()).as(address).doesNotContain(SECURITY);
                assertThat(answer.statusCode()).as(address).isIn(400, 403, 404);
            }
        }
    }

    @Test
    void what_is_said_twice_or_beside_the_order_does_not_count() {
        for (String body : List.of(
                "{\"roles\":[\"VIEWER\"],\"roles\":[\"ADMINISTRATOR\"]}",
                "{\"roles\":[\"VIEWER\"],\"enabled\":true}",
                "{\"roles\":[\"VIEWER\"]}{\"roles\":[\"ADMINISTRATOR\"]}",
                "{\"roles\":\"ADMINISTRATOR\"}",
                "{\"roles\":null}",
                "null",
                "roles=ADMINISTRATOR",
                "")) {
            HttpResponse<String> refused = order(SECURITY, "victim/roles", body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
        }
        HttpResponse<String> asked =
                order(SECURITY, "victim/roles?roles=ADMINISTRATOR&name=viewer", "{\"roles\":[\"VIEWER\"]}");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(console.bean(Accounts.class).find(VICTIM).orElseThrow().roles())
                .containsExactly(Role.VIEWER);
    }

    @Test
    void no_other_spelling_of_a_name_is_the_account() {
        for (String name : List.of(
                "VICTIM",
                "Victim",
                "v%C4%B1ctim", // dotless i
                "%D1%96victim", // Cyrillic
                "victim%E2%80%8B", // zero width space
                "victim%20",
                "victim.",
                "%EF%BD%96ictim", // full width
                "Security-Administrator")) {
            HttpResponse<String> refused = order(SECURITY, name + "/disable", "");
            assertThat(refused.statusCode()).as(name).isIn(400, 404);
            assertThat(order(SECURITY, name, "{\"roles\":[\"VIEWER\"]}").statusCode())
                    .as(name)
                    .isIn(400, 201);
        }
        assertThat(console.bean(Accounts.class).find(VICTIM).orElseThrow().enabled())
                .isTrue();
    }

    @Test
    void a_session_of_before_the_login_is_not_the_one_after_it() {
        Browser browser = new Browser(console);
        browser.page("/own/password"); // where somebody wanted to go is kept in a session
        String before = browser.cookie("JSESSIONID");
        assertThat(before).isNotEmpty();
        browser.login("viewer", console.passwords().get("viewer"), "");
        assertThat(browser.cookie("JSESSIONID")).isNotEqualTo(before);
        HttpResponse<String> fixed = console.send(HttpRequest.newBuilder(console.uri("/api/session"))
                .header("Cookie", "JSESSIONID=" + before)
                .GET());
        assertThat(fixed.statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_without_the_token_changes_nothing() {
        Browser browser = new Browser(console);
        browser.login(SECURITY, console.passwords().get(SECURITY), "");
        assertThat(browser.get("/api/accounts").statusCode()).isEqualTo(200);
        var before = state();
        for (String path : List.of("/api/accounts/victim/disable", "/own/password", "/own/second-factor", "/logout")) {
            HttpResponse<String> forged = browser.send(HttpRequest.newBuilder(console.uri(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("current=x&replacement=y&again=y")));
            assertThat(forged.statusCode()).as(path).isEqualTo(403);
            assertThat(forged.body()).contains("TM-CONSOLE-0003");
        }
        assertThat(state().toString()).isEqualTo(before.toString());
        assertThat(browser.post("/api/accounts/victim/end-sessions", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_login_that_is_limited_reaches_nothing_but_its_own_account() {
        console.person("limited", Role.OPERATOR);
        String once = console.bean(Accounts.class).resetPassword("limited");
        for (String path : List.of(
                "/api/messages",
                "/fhir/metadata",
                "/actuator/jolokia/version",
                "/actuator/hawtio/",
                "/api/session/../messages",
                "/own/../api/messages")) {
            HttpResponse<String> answer =
                    console.send(console.as("limited", once, path).GET());
            assertThat(answer.statusCode()).as(path).isIn(400, 403);
        }
    }
}
