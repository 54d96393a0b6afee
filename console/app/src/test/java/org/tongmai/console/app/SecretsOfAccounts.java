package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * Somebody gets an account, changes its password, enrols a second factor, logs in as people and as machines do, and makes
 * the mistakes people make. Each password, code and cookie is looked for afterwards.
 */
final class SecretsOfAccounts {
    static final String NAME = "zhang-san";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final PlatformClient client;
    private final String console;
    private final SecretFiles secrets;

    SecretsOfAccounts(PlatformClient client, PlatformPorts ports, SecretFiles secrets) {
        this.client = client;
        this.console = "http://127.0.0.1:" + ports.http();
        this.secrets = secrets;
    }

    void use() throws Exception {
        HttpResponse<byte[]> created = client.send(
                "security-administrator", "/api/accounts/" + NAME, json(Map.of("roles", List.of("OPERATOR"))));
        assertThat(created.statusCode()).isEqualTo(201);
        String first = JSON.readTree(created.body()).path("password").asText();
        secrets.search.secret("one-time password of an account", first);
        String password = secrets.text("password of an account");
        basic(NAME + ":" + first, "/api/session/password", Map.of("current", first, "replacement", password), 204);

        JsonNode enrolment =
                basic(NAME + ":" + password, "/api/session/second-factor", Map.of("current", password), 200);
        String typed = enrolment.path("secret").asText();
        byte[] key = new Base32().decode(typed);
        secrets.search.secret("second factor as it is typed", typed);
        secrets.search.secret("second factor", key);
        List<String> recovery = new ArrayList<>();
        basic(NAME + ":" + password, "/api/session/second-factor/confirm", Map.of("code", code(key)), 200)
                .path("recoveryCodes")
                .forEach(each -> recovery.add(each.asText()));
        assertThat(recovery).hasSize(10);
        for (String each : recovery) {
            secrets.search.secret("recovery code", each);
            secrets.search.secret("recovery code without hyphens", each.replace("-", ""));
        }
        logIn(password, recovery.get(0));
        mistakes(password, recovery.get(1));
    }

    /** As a person: a page, a form, a session. */
    private void logIn(String password, String code) throws Exception {
        form(Map.of("username", NAME, "password", password, "code", code));
        HttpResponse<String> session = http.send(
                HttpRequest.newBuilder(URI.create(console + "/api/session")).build(), BodyHandlers.ofString());
        assertThat(session.body()).contains(NAME);
        secrets.search.look("GET /api/session", session.body().getBytes(StandardCharsets.UTF_8));
        for (HttpCookie cookie : cookies.getCookieStore().getCookies()) {
            secrets.search.secret("cookie " + cookie.getName(), cookie.getValue());
        }
        assertThat(secrets.search.secrets()).contains("cookie JSESSIONID", "cookie XSRF-TOKEN");
    }

    /** The password where the name belongs, a code where the password belongs, an address with both. */
    private void mistakes(String password, String code) throws Exception {
        form(Map.of("username", password, "password", password, "code", code));
        basic(password + ":" + NAME, "/api/session/password", Map.of(), 401);
        basic(NAME + ":" + code, "/api/session/password", Map.of(), 401);
        basic(NAME + ":" + password, "/api/session/password", Map.of("current", password), 401);
        for (String path : List.of(
                "/api/accounts/" + password,
                "/api/messages?controlId=" + password,
                "/no-such-page/" + password + "?password=" + password)) {
            look("GET " + path.replace(password, "…"), client.send("security-administrator", path, get -> get));
            look(
                    "POST " + path.replace(password, "…"),
                    client.send("security-administrator", path, json(Map.of("password", password))));
        }
    }

    private void look(String where, HttpResponse<byte[]> answer) {
        secrets.search.look(where, answer.body());
    }

    private void form(Map<String, String> fields) throws IOException, InterruptedException {
        String page = http.send(
                        HttpRequest.newBuilder(URI.create(console + "/login")).build(), BodyHandlers.ofString())
                .body();
        Matcher csrf = CSRF.matcher(page);
        assertThat(csrf.find()).isTrue();
        String body = fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))
                + "&_csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
        http.send(
                HttpRequest.newBuilder(URI.create(console + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** As a machine: name and password, with a colon between, come with the request. */
    private JsonNode basic(String who, String path, Map<String, String> body, int status)
            throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString(who.getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(console + path))
                                .header("Authorization", "Basic " + login)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        if (status != 200) {
            look("POST " + path, answer);
        }
        return answer.body().length == 0 ? JSON.missingNode() : JSON.readTree(answer.body());
    }

    private static UnaryOperator<HttpRequest.Builder> json(Map<String, ?> body) {
        return request -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(text(body)));
    }

    private static String text(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String code(byte[] key) throws InvalidKeyException {
        TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
        return codes.generateOneTimePasswordString(
                new SecretKeySpec(key, codes.getAlgorithm()), Instant.now(), Locale.ROOT);
    }
}
