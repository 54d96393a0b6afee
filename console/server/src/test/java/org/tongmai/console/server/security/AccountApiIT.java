package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.sample.Browser;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.console.server.sample.SampleAudit;

/** Accounts from their making to their end. */
class AccountApiIT {
    private static final String SECURITY = "security-administrator";

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    private HttpResponse<String> act(String path, String body) {
        return console.post(SECURITY, "/api/accounts/" + path, body);
    }

    private String given(HttpResponse<String> answer) throws Exception {
        return json.readTree(answer.body()).path("password").asText();
    }

    private HttpResponse<String> as(String name, String password, String path, String body) {
        return console.send(console.as(name, password, path).POST(BodyPublishers.ofString(body)));
    }

    private int status(String name, String password) {
        return console.send(console.as(name, password, "/api/messages").GET()).statusCode();
    }

    @Test
    void a_new_account_has_a_one_time_password_that_counts_only_for_changing_it() throws Exception {
        HttpResponse<String> made = act("zhang-san", "{\"roles\":[\"OPERATOR\"]}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String once = given(made);
        HttpResponse<String> early =
                console.send(console.as("zhang-san", once, "/api/messages").GET());
        assertThat(early.statusCode()).isEqualTo(403);
        assertThat(early.body()).contains("TM-CONSOLE-0041");
        assertThat(console.send(console.as("zhang-san", once, "/fhir/metadata").GET())
                        .statusCode())
                .isEqualTo(403);
        assertThat(console.send(console.as("zhang-san", once, "/api/session").GET())
                        .body())
                .contains("CHANGE_PASSWORD")
                .doesNotContain("OPERATOR");

        String own = "{\"current\":\"" + once + "\",\"replacement\":\"Own-word-of-mine-1\"}";
        assertThat(as("zhang-san", once, "/api/session/password", own).statusCode())
                .isEqualTo(204);
        assertThat(status("zhang-san", once)).isEqualTo(401);
        assertThat(status("zhang-san", "Own-word-of-mine-1")).isEqualTo(200);
        assertThat(console.get(SECURITY, "/api/accounts").body()).doesNotContain(once, "$2a$");
    }

    @Test
    void the_page_changes_a_one_time_password_and_nothing_else_is_shown_before() throws Exception {
        String once = given(act("li-si", "{\"roles\":[\"VIEWER\"]}"));
        Browser browser = new Browser(console);
        browser.login("li-si", once, "");
        assertThat(Browser.location(browser.page("/actuator/hawtio/"))).endsWith("/own/password");
        assertThat(browser.page("/own/password").body()).contains("新密码").doesNotContain("{{");
        assertThat(browser.page("/own/password?lang=en").body()).contains("New password", "counts once");
        assertThat(browser.get("/api/messages").body()).contains("TM-CONSOLE-0041");

        Map<String, String> weak = Map.of("current", once, "replacement", "short", "again", "short");
        HttpResponse<String> refused = browser.submit("/own/password", "/own/password", weak);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("新密码不符合要求").doesNotContain(once);
        Map<String, String> differs = Map.of("current", once, "replacement", "Long-enough-1234", "again", "other");
        assertThat(browser.submit("/own/password", "/own/password", differs).body())
                .contains("不一致");
        Map<String, String> right =
                Map.of("current", once, "replacement", "Long-enough-1234", "again", "Long-enough-1234");
        assertThat(Browser.location(browser.submit("/own/password", "/own/password", right)))
                .endsWith("/login?changed");
        assertThat(browser.page("/login?changed").body()).contains("密码已修改，请用新密码登录。");
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(browser.login("li-si", "Long-enough-1234", "")).doesNotContain("error");
        assertThat(browser.get("/api/messages").statusCode()).isEqualTo(200);
    }

    @Test
    void an_outdated_password_counts_only_for_changing_it_and_none_of_the_last_five_comes_back() {
        String password = console.person("wang-wu", Role.OPERATOR);
        assertThat(status("wang-wu", password)).isEqualTo(200);
        JdbcClient.create(console.bean(DataSource.class))
                .sql("update console.account set password_changed_at = now() - interval '91 days',"
                        + " generation = generation + 1 where name = 'wang-wu'")
                .update();
        await().untilAsserted(() -> assertThat(status("wang-wu", password)).isEqualTo(403));
        Accounts accounts = console.bean(Accounts.class);
        assertThatThrownBy(() -> accounts.changePassword("wang-wu", password)).hasMessageContaining("last five");
        for (int i = 1; i <= 4; i++) {
            accounts.changePassword("wang-wu", "Another-word-000" + i);
            assertThatThrownBy(() -> accounts.changePassword("wang-wu", password))
                    .hasMessageContaining("TM-CONSOLE-0011")
                    .hasMessageNotContaining(password);
        }
        accounts.changePassword("wang-wu", "Another-word-0005");
        accounts.changePassword("wang-wu", password);
        assertThat(status("wang-wu", password)).isEqualTo(200);
    }

    @Test
    void bad_names_and_roles_are_refused_with_what_was_expected() {
        for (String name : List.of("A", "Admin", "1st", "%E5%BC%A0%E4%B8%89", "a%20b", "x".repeat(64))) {
            HttpResponse<String> refused = act(name, "{\"roles\":[\"VIEWER\"]}");
            assertThat(refused.statusCode()).as(name).isEqualTo(400);
            assertThat(refused.body()).contains("TM-CONSOLE-0045", "found: ", "expected: ");
        }
        for (String roles : List.of(
                "[]",
                "[\"ROOT\"]",
                "[\"viewer\"]",
                "[\"ADMINISTRATOR\",\"SECURITY_ADMINISTRATOR\"]",
                "[\"AUDIT_ADMINISTRATOR\",\"SECURITY_ADMINISTRATOR\"]",
                "[\"ADMINISTRATOR\",\"OPERATOR\",\"AUDIT_ADMINISTRATOR\"]",
                "[\"VIEWER\",\"SERVICE\"]")) {
            HttpResponse<String> refused = act("nobody-yet", "{\"roles\":" + roles + "}");
            assertThat(refused.statusCode()).as(roles).isEqualTo(400);
            assertThat(refused.body()).contains("TM-CONSOLE-0046", "found: ", "expected: ");
        }
        assertThat(act("viewer", "{\"roles\":[\"OPERATOR\"]}").body()).contains("TM-CONSOLE-0044");
        assertThat(console.bean(Accounts.class).find("nobody-yet")).isEmpty();
    }

    @Test
    void the_database_refuses_two_of_the_three_as_well() {
        console.person("zhao-liu", Role.VIEWER);
        JdbcClient jdbc = JdbcClient.create(console.bean(DataSource.class));
        for (String roles : List.of(
                "ADMINISTRATOR SECURITY_ADMINISTRATOR",
                "AUDIT_ADMINISTRATOR OPERATOR SECURITY_ADMINISTRATOR",
                "ADMINISTRATOR ADMINISTRATOR")) {
            assertThatThrownBy(() -> jdbc.sql("update console.account set roles = ? where name = 'zhao-liu'")
                            .param(roles)
                            .update())
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    void nobody_changes_the_own_roles_and_one_security_administrator_stays() {
        String admin = "{\"roles\":[\"ADMINISTRATOR\"]}";
        for (String path : List.of("/roles", "/reset-password", "/remove-second-factor")) {
            assertThat(act(SECURITY + path, admin).body()).as(path).contains("TM-CONSOLE-0047");
        }
        assertThat(act(SECURITY + "/disable", "").body()).contains("TM-CONSOLE-0048");
        Accounts accounts = console.bean(Accounts.class);
        console.person("deputy", Role.SECURITY_ADMINISTRATOR);
        try {
            // Each takes the other away at the same moment.
            List<Boolean> done = Stream.of(SECURITY, "deputy")
                    .parallel()
                    .map(name -> {
                        try {
                            accounts.disable(name);
                            return true;
                        } catch (RuntimeException refused) {
                            return false;
                        }
                    })
                    .toList();
            assertThat(done).containsExactlyInAnyOrder(true, false);
        } finally {
            accounts.enable(SECURITY);
            accounts.enable("deputy");
            accounts.changeRoles("deputy", Set.of(Role.VIEWER));
        }
    }

    @Test
    void every_act_is_recorded_with_the_account_and_the_roles() throws Exception {
        act("sun-qi", "{\"roles\":[\"VIEWER\"]}");
        act("sun-qi/roles", "{\"roles\":[\"OPERATOR\",\"ENGINEER\"]}");
        for (String path : List.of("disable", "enable", "unlock", "end-sessions", "reset-password")) {
            assertThat(act("sun-qi/" + path, "").statusCode() / 100).as(path).isEqualTo(2);
        }
        await().untilAsserted(() -> {
            JsonNode items = json.readTree(console.get("audit-administrator", "/api/audit?limit=1000&actor=" + SECURITY)
                            .body())
                    .path("items");
            assertThat(items)
                    .extracting(item -> item.path("act").asText() + " "
                            + item.at("/what/object").asText() + " "
                            + item.at("/what/outcome").asText())
                    .contains(
                            "account.create POST /api/accounts/sun-qi begun",
                            "account.create POST /api/accounts/sun-qi [VIEWER] begun",
                            "account.create POST /api/accounts/sun-qi [VIEWER] 201",
                            "account.roles POST /api/accounts/sun-qi/roles [VIEWER] -> [OPERATOR, ENGINEER] begun",
                            "account.roles POST /api/accounts/sun-qi/roles [VIEWER] -> [OPERATOR, ENGINEER] 204",
                            "account.disable POST /api/accounts/sun-qi/disable 204",
                            "account.enable POST /api/accounts/sun-qi/enable 204",
                            "account.unlock POST /api/accounts/sun-qi/unlock 204",
                            "account.sessions POST /api/accounts/sun-qi/end-sessions 204",
                            "account.password POST /api/accounts/sun-qi/reset-password 200");
        });
    }

    @Test
    void roles_that_can_not_be_recorded_are_not_given() {
        console.person("zhou-ba", Role.VIEWER);
        SampleAudit audit = console.bean(SampleAudit.class);
        audit.refuse(record -> record.object().contains("[OPERATOR]"));
        try {
            HttpResponse<String> refused = act("zhou-ba/roles", "{\"roles\":[\"OPERATOR\"]}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("TM-AUDIT-0001");
            assertThat(act("wu-jiu", "{\"roles\":[\"OPERATOR\"]}").body()).contains("TM-AUDIT-0001");
        } finally {
            audit.comeBack();
        }
        Accounts accounts = console.bean(Accounts.class);
        assertThat(accounts.find("zhou-ba").orElseThrow().roles()).containsExactly(Role.VIEWER);
        assertThat(accounts.find("wu-jiu")).isEmpty();
    }
}
