package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.sample.RunningConsole;

class LoginIT {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final RunningConsole console = RunningConsole.shared();
    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @Test
    void a_page_without_a_login_leads_to_the_login_page() throws Exception {
        HttpResponse<String> answer = page("/actuator/hawtio/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("/login");
    }

    @Test
    void the_login_page_speaks_chinese_first_and_english_on_request() throws Exception {
        assertThat(page("/login").body()).contains("账号", "密码").doesNotContain("{{");
        assertThat(page("/login?lang=en").body())
                .contains("Account", "Password")
                .doesNotContain("{{");
    }

    @Test
    void the_login_page_is_shown_to_whoever_brings_a_password_already() {
        HttpResponse<String> answer = console.get("viewer", "/login");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).containsPattern(TOKEN);
    }

    @Test
    void a_login_gives_a_session_whose_cookie_no_script_and_no_other_site_can_use() throws Exception {
        HttpResponse<String> answer = login("operator", console.passwords().get("operator"));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().allValues("Set-Cookie")).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("JSESSIONID=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict"));
        assertThat(page("/api/session").body()).contains("\"operator\"", "\"OPERATOR\"", "\"VIEWER\"");
    }

    @Test
    void with_a_session_a_change_needs_the_token() throws Exception {
        login("operator", console.passwords().get("operator"));
        page("/api/session");
        String path = "/api/destinations/hospital-adt-to-district.deliver-to-district/resume";
        HttpResponse<String> forged = post(path, null);
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("TM-CONSOLE-0003");
        assertThat(post(path, cookie("XSRF-TOKEN")).statusCode()).isEqualTo(204);
    }

    @Test
    void a_jolokia_post_with_a_session_needs_the_token_too() throws Exception {
        login("viewer", console.passwords().get("viewer"));
        page("/api/session");
        assertThat(post("/actuator/hawtio/jolokia/", null).statusCode()).isEqualTo(403);
        assertThat(post("/actuator/hawtio/jolokia/", cookie("XSRF-TOKEN")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_password_gets_the_same_answer_as_an_unknown_account() throws Exception {
        String wrong = location(login("engineer", "wrong"));
        String unknown = location(login("somebody", "wrong"));
        assertThat(wrong).isEqualTo(unknown).endsWith("/login?error");
        console.bean(Accounts.class).enable("engineer");
    }

    @Test
    void three_wrong_passwords_lock_the_account_for_a_while() throws Exception {
        String right = console.passwords().get("engineer");
        for (int i = 0; i < 3; i++) {
            assertThat(location(login("engineer", "wrong"))).endsWith("error");
        }
        assertThat(location(login("engineer", right))).endsWith("error");
        assertThat(console.bean(Accounts.class)
                        .find("engineer")
                        .orElseThrow()
                        .locking()
                        .lockedUntil())
                .isNotNull();
        console.bean(Accounts.class).enable("engineer");
        assertThat(location(login("engineer", right))).doesNotContain("error");
    }

    @Test
    void a_disabled_account_loses_its_session_and_its_remembered_password() throws Exception {
        login("engineer", console.passwords().get("engineer"));
        assertThat(page("/api/session").statusCode()).isEqualTo(200);
        assertThat(console.get("engineer", "/api/session").statusCode()).isEqualTo(200);
        console.bean(Accounts.class).disable("engineer");
        try {
            assertThat(page("/api/session").statusCode()).isEqualTo(401);
            assertThat(console.get("engineer", "/api/session").statusCode()).isEqualTo(401);
        } finally {
            console.bean(Accounts.class).enable("engineer");
        }
    }

    @Test
    void every_answer_carries_the_security_headers() {
        var headers = console.get("viewer", "/api/session").headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("script-src 'self'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Cache-Control")).get().asString().contains("no-store");
    }

    @Test
    void readiness_says_nothing_but_the_status() {
        assertThat(console.get(null, "/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void a_machine_gets_no_session() {
        assertThat(console.get("service", "/api/journal/stats").headers().allValues("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void the_challenge_is_for_machines_and_not_for_browsers() {
        var machine = console.get(null, "/api/session");
        assertThat(machine.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .startsWith("Basic");
        var browserLike = console.send(console.request(null, "/api/session").header("Sec-Fetch-Site", "same-origin"));
        assertThat(browserLike.statusCode()).isEqualTo(401);
        assertThat(browserLike.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void another_sites_page_can_not_use_a_password_the_browser_remembers() {
        // Over plain HTTP a browser says nothing but where the page came from.
        var forged = console.send(
                console.request("operator", "/api/destinations/hospital-adt-to-district.deliver-to-district/pause")
                        .header("Origin", "http://elsewhere.example")
                        .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("TM-CONSOLE-0003");
    }

    private HttpResponse<String> login(String name, String password) throws Exception {
        Matcher token = TOKEN.matcher(page("/login").body());
        assertThat(token.find()).isTrue();
        String form = "username=" + name + "&password=" + password + "&_csrf="
                + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(console.uri("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> page(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(console.uri(path))
                .header("Accept", "text/html,application/json")
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"version\"}"));
        if (token != null) {
            request.header("X-XSRF-TOKEN", token);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
