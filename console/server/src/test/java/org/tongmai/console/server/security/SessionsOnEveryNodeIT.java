package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.account.SecondFactors;
import org.tongmai.console.server.account.Sessions;
import org.tongmai.console.server.sample.Authenticator;
import org.tongmai.console.server.sample.Browser;
import org.tongmai.console.server.sample.RunningConsole;

/** Two nodes on one PostgreSQL: what is decided on one counts on the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionsOnEveryNodeIT {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private static EmbeddedPostgres database;
    private static RunningConsole here;
    private static RunningConsole there;

    @BeforeAll
    static void two_nodes() throws IOException {
        database = EmbeddedPostgres.builder().start();
        String url = database.getJdbcUrl("postgres", "postgres");
        here = RunningConsole.start(Map.of("sample.database", url, "sample.node", "here"));
        there = RunningConsole.start(Map.of("sample.database", url, "sample.node", "there"));
    }

    @AfterAll
    static void end() throws IOException {
        there.close();
        here.close();
        database.close();
    }

    private static Browser loggedIn(String name, String password) {
        Browser browser = new Browser(there);
        browser.login(name, password, "");
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(basic(name, password)).isEqualTo(200);
        return browser;
    }

    private static int basic(String name, String password) {
        return there.send(there.as(name, password, "/api/session").GET()).statusCode();
    }

    private static void ends(Browser browser) {
        await().atMost(PROMISED)
                .untilAsserted(() ->
                        assertThat(browser.get("/api/session").statusCode()).isEqualTo(401));
    }

    @Test
    @Order(1)
    void an_account_that_is_disabled_on_one_node_is_out_on_the_other() {
        String password = here.person("disabled", Role.OPERATOR);
        Browser browser = loggedIn("disabled", password);
        here.bean(Accounts.class).disable("disabled");
        ends(browser);
        assertThat(basic("disabled", password)).isEqualTo(401);
    }

    @Test
    @Order(2)
    void sessions_that_are_ended_on_one_node_end_on_the_other_and_the_password_still_counts() {
        String password = here.person("ended", Role.OPERATOR);
        Browser browser = loggedIn("ended", password);
        here.bean(Accounts.class).endSessions("ended");
        ends(browser);
        assertThat(basic("ended", password)).isEqualTo(200);
    }

    @Test
    @Order(3)
    void a_password_that_is_changed_on_one_node_is_forgotten_on_the_other() {
        String password = here.person("changed", Role.OPERATOR);
        Browser browser = loggedIn("changed", password);
        here.bean(Accounts.class).changePassword("changed", "Quite-another-one-7");
        ends(browser);
        assertThat(basic("changed", password)).isEqualTo(401);
        assertThat(basic("changed", "Quite-another-one-7")).isEqualTo(200);
    }

    @Test
    @Order(4)
    void roles_that_are_taken_on_one_node_are_gone_on_the_other() {
        String password = here.person("demoted", Role.ADMINISTRATOR);
        Browser browser = loggedIn("demoted", password);
        here.bean(Accounts.class).changeRoles("demoted", Set.of(Role.VIEWER));
        await().atMost(PROMISED).untilAsserted(() -> assertThat(
                        there.send(there.as("demoted", password, "/api/session").GET())
                                .body())
                .doesNotContain("ADMINISTRATOR"));
        ends(browser);
    }

    @Test
    @Order(5)
    void one_session_that_is_ended_on_one_node_ends_on_the_other_and_another_goes_on() {
        String password = here.person("one-ended", Role.OPERATOR);
        Browser ended = loggedIn("one-ended", password);
        Sessions sessions = here.bean(Sessions.class);
        UUID id = sessions.of("one-ended").get(0).id();
        Browser other = loggedIn("one-ended", password);
        sessions.end("one-ended", id);
        ends(ended);
        assertThat(other.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(sessions.of("one-ended")).hasSize(1);
    }

    @Test
    @Order(6)
    void a_code_that_was_taken_on_one_node_is_not_taken_on_the_other() {
        String password = here.person("coded", Role.OPERATOR);
        SecondFactors factors = here.bean(SecondFactors.class);
        Authenticator.atTheBeginningOfAStep();
        Authenticator authenticator = new Authenticator(factors.begin("coded").secret());
        factors.confirm("coded", authenticator.code(-1));
        String code = authenticator.code(0);
        assertThat(new Browser(here).login("coded", password, code)).doesNotContain("/login");
        assertThat(new Browser(there).login("coded", password, code)).contains("error");
    }

    /** The last one: the database does not come back. */
    @Test
    @Order(7)
    void without_the_database_a_session_reads_and_changes_nothing() throws IOException {
        Browser browser = loggedIn("operator", here.passwords().get("operator"));
        database.close();
        String pause = "/api/destinations/hospital-adt-to-district.deliver-to-district/pause";
        await().untilAsserted(() -> {
            var refused = browser.post(pause, "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("TM-CONSOLE-0051");
        });
        assertThat(browser.post("/api/destinations/jolokia/pause", "").statusCode())
                .isEqualTo(503);
        assertThat(browser.get("/api/destinations").body()).doesNotContain("PAUSED");
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
        var login = there.send(there.as("viewer", "whatever", "/api/session").GET());
        assertThat(login.statusCode()).isEqualTo(503);
        assertThat(login.body()).contains("TM-CONSOLE-0051");
        assertThat(new Browser(there).login("viewer", "whatever", "")).endsWith("/login?away");
    }
}
