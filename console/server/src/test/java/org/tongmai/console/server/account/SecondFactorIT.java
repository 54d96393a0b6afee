package org.tongmai.console.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletContext;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.sample.Authenticator;
import org.tongmai.console.server.sample.Browser;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.standards.crypto.CryptoError;

/** One-time codes at both doors. */
class SecondFactorIT {
    private static final String WHO = "/api/session";

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();

    private record Enrolled(Authenticator authenticator, List<String> recovery) {}

    /** Confirmed with the code of the step before, so that those of now and the next are left. */
    private Enrolled enrol(String name, String password) throws Exception {
        Authenticator.atTheBeginningOfAStep();
        String present = "{\"current\":\"" + password + "\"}";
        HttpResponse<String> begun = send(name, password, "", "/api/session/second-factor", present);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        JsonNode enrolment = json.readTree(begun.body());
        assertThat(enrolment.path("uri").asText()).startsWith("otpauth://totp/Tongmai:" + name + "?secret=");
        Authenticator authenticator = new Authenticator(enrolment.path("secret").asText());
        HttpResponse<String> confirmed = send(
                name,
                password,
                "",
                "/api/session/second-factor/confirm",
                "{\"code\":\"" + authenticator.code(-1) + "\"}");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        List<String> recovery = new ArrayList<>();
        json.readTree(confirmed.body()).path("recoveryCodes").forEach(code -> recovery.add(code.asText()));
        return new Enrolled(authenticator, recovery);
    }

    private HttpResponse<String> send(String name, String password, String code, String path, String body) {
        HttpRequest.Builder request = console.as(name, password, path);
        if (!code.isEmpty()) {
            request.header(LoginDetails.HEADER, code);
        }
        return console.send(body == null ? request : request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String name, String password, String code) {
        return send(name, password, code, WHO, null);
    }

    @Test
    void basic_needs_the_code_and_says_so_only_to_who_knows_the_password() throws Exception {
        String password = console.person("factor-basic", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-basic", password);

        HttpResponse<String> without = get("factor-basic", password, "");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body()).contains("TM-CONSOLE-0040");
        assertThat(without.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .startsWith("Basic");
        await().untilAsserted(() -> assertThat(
                        console.get("audit-administrator", "/api/audit?act=login.code&actor=factor-basic")
                                .body())
                .as("who has found the password leaves a trace")
                .contains("\"login.code\"", "\"refused\""));
        assertThat(get("factor-basic", "wrong", "").body()).contains("TM-CONSOLE-0001");
        assertThat(get("factor-basic", "wrong", enrolled.authenticator().code(0))
                        .body())
                .contains("TM-CONSOLE-0001");

        String code = enrolled.authenticator().code(0);
        assertThat(get("factor-basic", password, code).statusCode()).isEqualTo(200);
        assertThat(get("factor-basic", password, code).statusCode())
                .as("one code serves the requests of a minute")
                .isEqualTo(200);
        assertThat(get("factor-basic", password, "").statusCode())
                .as("the password alone is not remembered")
                .isEqualTo(401);
    }

    @Test
    void one_code_serves_requests_that_come_at_once() throws Exception {
        String password = console.person("factor-many", Role.OPERATOR);
        String code = enrol("factor-many", password).authenticator().code(0);
        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .map(i -> get("factor-many", password, code).statusCode())
                        .toArray())
                .containsOnly(200);
        assertThat(console.bean(Accounts.class)
                        .find("factor-many")
                        .orElseThrow()
                        .locking()
                        .failedAttempts())
                .isZero();
    }

    @Test
    void a_code_that_served_basic_is_not_taken_by_the_form_and_none_is_taken_twice() throws Exception {
        String password = console.person("factor-form", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-form", password);
        String code = enrolled.authenticator().code(0);
        assertThat(get("factor-form", password, code).statusCode()).isEqualTo(200);

        Browser browser = new Browser(console);
        assertThat(browser.login("factor-form", password, "")).endsWith("/login?code");
        assertThat(browser.page("/login?code").body()).contains("动态口令", "name=\"code\"");
        assertThat(browser.page("/login").body()).doesNotContain("name=\"code\"");
        assertThat(browser.login("factor-form", password, code)).endsWith("/login?error&code");
        String next = enrolled.authenticator().code(1);
        assertThat(browser.login("factor-form", password, next)).doesNotContain("/login");
        assertThat(browser.get(WHO).body()).contains("\"OPERATOR\"");
        assertThat(new Browser(console).login("factor-form", password, next)).contains("error");
    }

    @Test
    void wrong_codes_lock_as_wrong_passwords_do_and_a_right_password_does_not_forget_them() throws Exception {
        String password = console.person("factor-lock", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-lock", password);
        String wrong = enrolled.authenticator().code(40);
        for (int i = 0; i < 3; i++) {
            assertThat(get("factor-lock", password, wrong).body()).contains("TM-CONSOLE-0001");
            get("factor-lock", password, "");
        }
        HttpResponse<String> right =
                get("factor-lock", password, enrolled.authenticator().code(0));
        assertThat(right.statusCode()).isEqualTo(401);
        assertThat(right.body()).contains("TM-CONSOLE-0001");
        assertThat(get("factor-lock", password, "").body())
                .as("a locked account does not tell that the password is right")
                .contains("TM-CONSOLE-0001");
        assertThat(console.get("audit-administrator", "/api/audit?act=account.lock&actor=factor-lock")
                        .body())
                .contains("account.lock");
        console.bean(Accounts.class).unlock("factor-lock");
        assertThat(get("factor-lock", password, enrolled.authenticator().code(0))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ten_recovery_codes_count_once_each() throws Exception {
        String password = console.person("factor-recovery", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-recovery", password);
        assertThat(enrolled.recovery()).hasSize(10).doesNotHaveDuplicates();
        String first = enrolled.recovery().get(0).toLowerCase(Locale.ROOT);
        assertThat(new Browser(console).login("factor-recovery", password, first))
                .doesNotContain("/login");
        assertThat(new Browser(console).login("factor-recovery", password, first))
                .contains("error");
        assertThat(new Browser(console)
                        .login("factor-recovery", password, enrolled.recovery().get(9)))
                .doesNotContain("/login");
    }

    @Test
    void neither_secret_nor_recovery_code_is_in_the_database_in_clear() throws Exception {
        String password = console.person("factor-sealed", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-sealed", password);
        JdbcClient jdbc = JdbcClient.create(console.bean(DataSource.class));
        byte[] sealed = jdbc.sql("select second_factor from console.account where name = 'factor-sealed'")
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(sealed).hasSize(1 + 12 + 20 + 16);
        List<String> digests = jdbc.sql("select digest from console.recovery_code where account = 'factor-sealed'")
                .query(String.class)
                .list();
        assertThat(digests)
                .hasSize(10)
                .allMatch(digest -> digest.matches("[0-9a-f]{64}"))
                .doesNotContainAnyElementsOf(enrolled.recovery());
    }

    @Test
    void a_secret_that_is_moved_to_another_account_opens_nothing() throws Exception {
        String password = console.person("factor-moved", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-moved", password);
        String other = console.person("factor-thief", Role.OPERATOR);
        JdbcClient.create(console.bean(DataSource.class))
                .sql("update console.account set second_factor_confirmed = true, second_factor = (select second_factor"
                        + " from console.account where name = 'factor-moved') where name = 'factor-thief'")
                .update();
        HttpResponse<String> refused =
                get("factor-thief", other, enrolled.authenticator().code(0));
        assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).contains("TM-CRYPTO-0005");
    }

    @Test
    void who_guesses_the_code_of_a_begun_secret_is_locked_and_the_secret_ends_after_ten_minutes() throws Exception {
        String password = console.person("factor-begun", Role.OPERATOR);
        Authenticator.atTheBeginningOfAStep();
        String present = "{\"current\":\"" + password + "\"}";
        String begun = send("factor-begun", password, "", "/api/session/second-factor", present)
                .body();
        Authenticator authenticator =
                new Authenticator(json.readTree(begun).path("secret").asText());
        Accounts accounts = console.bean(Accounts.class);
        for (int i = 0; i < 3; i++) {
            assertThat(confirm(password, authenticator.code(40)).body()).contains("TM-CONSOLE-0049");
        }
        assertThat(accounts.find("factor-begun").orElseThrow().lockedAt(Instant.now()))
                .isTrue();
        assertThat(confirm(password, authenticator.code(0)).body())
                .as("the right one, of a locked account")
                .contains("TM-CONSOLE-0049");

        accounts.unlock("factor-begun");
        begunEarlier("11 minutes");
        assertThat(confirm(password, authenticator.code(0)).body()).contains("TM-CONSOLE-0049");
        assertThat(accounts.find("factor-begun").orElseThrow().locking().failedAttempts())
                .as("nothing is left to be guessed")
                .isZero();
        begunEarlier("-2 minutes");
        assertThat(confirm(password, authenticator.code(0)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> confirm(String password, String code) {
        return send("factor-begun", password, "", "/api/session/second-factor/confirm", "{\"code\":\"" + code + "\"}");
    }

    private void begunEarlier(String interval) {
        JdbcClient.create(console.bean(DataSource.class))
                .sql("update console.account set second_factor_begun_at = second_factor_begun_at - ?::interval"
                        + " where name = 'factor-begun'")
                .param(interval)
                .update();
    }

    @Test
    void a_refusal_without_a_text_for_people_is_told_by_its_code() throws Exception {
        enrol("factor-origin", console.person("factor-origin", Role.OPERATOR));
        String password = console.person("factor-page", Role.OPERATOR);
        Browser browser = new Browser(console);
        browser.login("factor-page", password, "");
        browser.submit("/own/second-factor", "/own/second-factor", Map.of("current", password));
        JdbcClient.create(console.bean(DataSource.class))
                .sql("update console.account set second_factor = (select second_factor from console.account"
                        + " where name = 'factor-origin') where name = 'factor-page'")
                .update();
        HttpResponse<String> refused =
                browser.submit("/own/second-factor", "/own/second-factor/confirm", Map.of("code", "123456"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains(CryptoError.SEAL_BROKEN.summary());
    }

    @Test
    void a_machine_and_who_has_one_can_not_enrol_and_the_security_administrator_removes_one() throws Exception {
        String machine = console.passwords().get("service");
        assertThat(send("service", machine, "", "/api/session/second-factor", "{\"current\":\"" + machine + "\"}")
                        .body())
                .contains("TM-CONSOLE-0050");
        String password = console.person("factor-lost", Role.OPERATOR);
        Enrolled enrolled = enrol("factor-lost", password);
        String code = enrolled.authenticator().code(0);
        assertThat(send(
                                "factor-lost",
                                password,
                                code,
                                "/api/session/second-factor",
                                "{\"current\":\"" + password + "\"}")
                        .body())
                .contains("TM-CONSOLE-0050");
        assertThat(console.post("security-administrator", "/api/accounts/factor-lost/remove-second-factor", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(get("factor-lost", password, "").statusCode()).isEqualTo(200);
    }

    @Test
    void who_must_have_one_can_only_enrol_on_the_page_and_a_session_has_an_end() throws Exception {
        try (RunningConsole strict = RunningConsole.start(Map.of("sample.strict", "true"))) {
            String operator = strict.passwords().get("operator");
            assertThat(strict.bean(ServletContext.class).getSessionTimeout()).isEqualTo(7);
            assertThat(strict.get("operator", "/api/messages").body()).contains("TM-CONSOLE-0042");
            assertThat(strict.get("viewer", "/api/messages").statusCode()).isEqualTo(200);
            Browser browser = new Browser(strict);
            browser.login("operator", operator, "");
            assertThat(Browser.location(browser.page("/"))).endsWith("/own/second-factor");
            String begun = browser.submit("/own/second-factor", "/own/second-factor", Map.of("current", operator))
                    .body();
            Matcher secret = Pattern.compile("id=\"secret\">([^<]+)<").matcher(begun);
            assertThat(secret.find()).as(begun).isTrue();
            Authenticator authenticator = new Authenticator(secret.group(1).replace(" ", ""));
            String codes = browser.submit(
                            "/own/second-factor", "/own/second-factor/confirm", Map.of("code", authenticator.code(0)))
                    .body();
            assertThat(codes).contains("恢复码").containsPattern("([A-Z2-7]{4}-){3}[A-Z2-7]{4}");
            assertThat(browser.get(WHO).statusCode()).isEqualTo(401);
            browser.login("operator", operator, authenticator.code(1));
            assertThat(browser.get("/api/messages").statusCode()).isEqualTo(200);
            await().untilAsserted(
                            () -> assertThat(browser.get(WHO).statusCode()).isEqualTo(401));
        }
    }
}
