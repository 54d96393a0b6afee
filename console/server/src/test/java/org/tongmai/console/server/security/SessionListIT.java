package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.sample.Browser;
import org.tongmai.console.server.sample.RunningConsole;

/** What a page of accounts shows: people, their last login, their sessions one by one. */
class SessionListIT {
    private static final String SECURITY = "security-administrator";

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    private Browser loggedIn(String name, String password) {
        Browser browser = new Browser(console);
        browser.login(name, password, "");
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
        return browser;
    }

    private JsonNode read(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode sessions(String name) throws IOException {
        return read(console.get(SECURITY, "/api/accounts/" + name + "/sessions"));
    }

    private JsonNode listed(String name) throws IOException {
        for (JsonNode item : read(console.get(SECURITY, "/api/accounts"))) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError(name + " is not listed");
    }

    private static String present(JsonNode own) {
        for (JsonNode session : own) {
            if (session.path("present").asBoolean()) {
                return session.path("id").asText();
            }
        }
        throw new AssertionError("none is the one that asks: " + own);
    }

    @Test
    void sessions_are_listed_and_one_is_ended_while_the_other_goes_on() throws Exception {
        String password = console.person("two-sessions", Role.OPERATOR);
        Browser office = loggedIn("two-sessions", password);
        Browser home = loggedIn("two-sessions", password);
        JsonNode all = sessions("two-sessions");
        assertThat(all).hasSize(2);
        assertThat(all.path(0).path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(Instant.parse(all.path(0).path("since").asText()))
                .isAfterOrEqualTo(Instant.parse(all.path(1).path("since").asText()));
        assertThat(all.toString()).doesNotContain(office.cookie("JSESSIONID"), home.cookie("JSESSIONID"));

        String ended = present(read(office.get("/api/session/sessions")));
        String other = present(read(home.get("/api/session/sessions")));
        assertThat(ended).isNotEqualTo(other);
        assertThat(console.post(SECURITY, "/api/accounts/two-sessions/sessions/" + ended + "/end", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(office.get("/api/session").statusCode()).isEqualTo(401);
        assertThat(home.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(sessions("two-sessions"))
                .extracting(each -> each.path("id").asText())
                .containsExactly(other);
        await().untilAsserted(() -> assertThat(
                        console.get("audit-administrator", "/api/audit?act=account.sessions&actor=" + SECURITY)
                                .body())
                .contains("POST /api/accounts/two-sessions/sessions/{id}/end"));
    }

    @Test
    void people_end_their_own_sessions_and_nobody_elses() throws Exception {
        Browser mine = loggedIn("own-session", console.person("own-session", Role.VIEWER));
        Browser strangers = loggedIn("not-my-session", console.person("not-my-session", Role.VIEWER));
        String foreign = present(read(strangers.get("/api/session/sessions")));
        for (String id : List.of(foreign, UUID.randomUUID().toString())) {
            HttpResponse<String> refused = mine.post("/api/session/sessions/" + id + "/end", "");
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body()).contains("TM-CONSOLE-0053");
        }
        assertThat(mine.post("/api/session/sessions/no-id/end", "").body()).contains("TM-CONSOLE-0004");
        assertThat(mine.get("/api/accounts/not-my-session/sessions").statusCode())
                .isEqualTo(403);
        assertThat(mine.get("/api/accounts").statusCode()).isEqualTo(403);
        assertThat(strangers.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(console.get(SECURITY, "/api/accounts/nobody-there/sessions").body())
                .contains("TM-CONSOLE-0043");

        String own = present(read(mine.get("/api/session/sessions")));
        assertThat(mine.post("/api/session/sessions/" + own + "/end", "").statusCode())
                .isEqualTo(204);
        assertThat(mine.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void a_session_is_listed_no_more_after_logout_after_a_change_of_the_account_and_when_it_was_idle_too_long()
            throws Exception {
        String password = console.person("gone-sessions", Role.VIEWER);
        Browser browser = loggedIn("gone-sessions", password);
        browser.submit("/own/password", "/logout", Map.of());
        assertThat(sessions("gone-sessions")).isEmpty();

        loggedIn("gone-sessions", password);
        assertThat(sessions("gone-sessions")).hasSize(1);
        console.post(SECURITY, "/api/accounts/gone-sessions/end-sessions", "");
        assertThat(sessions("gone-sessions")).isEmpty();

        Browser idle = loggedIn("gone-sessions", password);
        JdbcClient.create(console.bean(DataSource.class))
                .sql("update console.session set seen_at = now() - interval '32 minutes' where account = ?")
                .param("gone-sessions")
                .update();
        assertThat(sessions("gone-sessions")).isEmpty();
        assertThat(idle.get("/api/session").statusCode())
                .as("the list ends no session")
                .isEqualTo(200);
    }

    @Test
    void a_list_of_accounts_says_who_they_are_when_they_logged_in_and_what_they_have_to_do() throws Exception {
        String order = "{\"roles\":[\"OPERATOR\"],\"displayName\":\" 测试甲 \"}";
        HttpResponse<String> made = console.post(SECURITY, "/api/accounts/called", order);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode item = listed("called");
        assertThat(item.at("/person/displayName").asText()).isEqualTo("测试甲");
        assertThat(item.at("/person/lastLoginAt").isNull()).isTrue();
        assertThat(item.at("/state/limit").asText()).isEqualTo("CHANGE_PASSWORD");

        Instant before = Instant.now().minusSeconds(1);
        loggedIn("called", json.readTree(made.body()).path("password").asText());
        assertThat(Instant.parse(listed("called").at("/person/lastLoginAt").asText()))
                .isAfter(before);
        assertThat(sessions("called")).hasSize(1);

        String renamed = "{\"displayName\":\"测试乙\"}";
        assertThat(console.post(SECURITY, "/api/accounts/called/display-name", renamed)
                        .statusCode())
                .isEqualTo(204);
        assertThat(listed("called").at("/person/displayName").asText()).isEqualTo("测试乙");
        assertThat(sessions("called")).as("a name ends no session").hasSize(1);
        for (String name : List.of("x".repeat(65), "a\\u0007b", "a\\u202eb", "a\\u2028b")) {
            String body = "{\"displayName\":\"" + name + "\"}";
            HttpResponse<String> refused = console.post(SECURITY, "/api/accounts/called/display-name", body);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("TM-CONSOLE-0052").doesNotContain(name);
        }
        assertThat(console.post(SECURITY, "/api/accounts/called/display-name", "{}")
                        .body())
                .contains("TM-CONSOLE-0005");
        assertThat(console.post(SECURITY, "/api/accounts/called/roles", order).body())
                .as("roles alone are what this order is")
                .contains("TM-CONSOLE-0005");
    }

    @Test
    void the_own_account_is_told_with_the_rule_of_passwords_and_a_secret_is_never_cached() throws Exception {
        String password = console.person("own-account", Role.ENGINEER);
        Browser browser = loggedIn("own-account", password);
        JsonNode own = read(browser.get("/api/session/account"));
        assertThat(own.path("roles").path(0).asText()).isEqualTo("ENGINEER");
        assertThat(own.at("/credentials/secondFactor").asBoolean()).isFalse();
        assertThat(own.at("/passwordRule/leastLength").asInt()).isEqualTo(12);
        HttpResponse<String> begun = browser.post("/api/session/second-factor", "{\"current\":\"" + password + "\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(begun.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        String change = "{\"current\":\"" + password + "\",\"replacement\":\"Quite-new-word-77\"}";
        assertThat(browser.post("/api/session/password", change).statusCode()).isEqualTo(204);
        assertThat(browser.page("/login?changed").body()).contains("密码已修改，请用新密码登录。");
    }
}
