package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** What holds at the bus holds at the open and at the user gateway too: their callers sign, or bring a token. */
class EachGatewayIT {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    private static final Map<GatewayKind, String> ACCESS = Map.of(
            GatewayKind.OPEN, "\"signatures\": [\"sm2-sm3\"]",
            GatewayKind.USER, "\"identity\": \"USER\", \"user\": {\"provider\": \"residents\"}");
    private static final Logger ACCESS_LOG = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};

    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode node;

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        node = new GatewayNode(
                database.dataSource(),
                new GatewayRegistry.Place("each", Set.of("here")),
                new UserTokens(provider -> null, Clock.systemUTC()),
                questions -> Map.of());
        node.registry.publish(rules(), 0, "each", "test");
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        database.close();
    }

    @BeforeEach
    void answerFine() {
        backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        backend.calls.set(0);
        backend.targets.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void other_addresses_a_suspended_service_and_one_of_another_domain_are_refused(GatewayKind gateway) {
        assertThat(code(get(gateway, "/near"))).isEqualTo("TM-GATE-0005");
        assertThat(code(get(gateway, "/locked"))).isEqualTo("TM-GATE-0005");
        assertThat(code(get(gateway, "/suspended"))).isEqualTo("TM-GATE-0003");
        assertThat(code(get(gateway, "/far"))).isEqualTo("TM-GATE-0001");
        assertThat(backend.calls).hasValue(0);
        assertThat(get(gateway, "/plain").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void a_service_that_does_not_answer_in_time_is_tried_as_often_as_agreed(GatewayKind gateway) {
        CountDownLatch late = new CountDownLatch(1);
        backend.answers = (exchange, body) -> awaited(late, 1);

        assertThat(code(get(gateway, "/slow"))).isEqualTo("TM-GATE-0020");
        assertThat(backend.targets).containsExactly("GET /slow", "GET /slow");
        late.countDown();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void errors_are_tried_again_only_where_that_does_no_harm_and_then_the_circuit_opens_and_closes(
            GatewayKind gateway) {
        backend.answers = (exchange, body) -> Backend.reply(exchange, 503, "no");

        assertThat(get(gateway, "/failing").statusCode()).isEqualTo(503);
        assertThat(backend.calls).hasValue(3);
        assertThat(post(gateway, "/failing", "text/plain", NOTHING).statusCode())
                .isEqualTo(503);
        assertThat(backend.calls).hasValue(4);
        get(gateway, "/failing");
        assertThat(code(get(gateway, "/failing"))).isEqualTo("TM-GATE-0018");

        backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        await().until(() -> get(gateway, "/failing").statusCode() == 200);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void more_calls_than_agreed_in_a_time_or_at_once_are_refused(GatewayKind gateway) throws Exception {
        List<String> three =
                IntStream.range(0, 3).mapToObj(i -> code(get(gateway, "/few"))).toList();
        assertThat(three).containsExactly("200 fine", "200 fine", "TM-GATE-0016");

        CountDownLatch answer = new CountDownLatch(1);
        backend.answers = (exchange, body) -> {
            awaited(answer, 20);
            Backend.reply(exchange, 200, "fine");
        };
        backend.calls.set(0);
        CompletableFuture<HttpResponse<String>> first = SignedCaller.CLIENT.sendAsync(
                call(gateway, "GET", "/single", NOTHING).build(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> backend.calls.get() == 1);
        assertThat(code(get(gateway, "/single"))).isEqualTo("TM-GATE-0017");
        answer.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void only_allowed_fields_and_what_says_who_calls_are_handed_on(GatewayKind gateway) {
        backend.answers = (exchange, body) -> Backend.reply(
                exchange,
                200,
                String.join(",", exchange.getRequestHeaders().keySet()).toLowerCase(Locale.ROOT));

        String seen = SignedCaller.send(call(gateway, "GET", "/fields", NOTHING)
                        .header("X-Wanted", "1")
                        .header("X-Other", "1")
                        .build())
                .body();
        assertThat(seen)
                .contains("x-wanted", gateway == GatewayKind.OPEN ? "x-tongmai-application" : "x-tongmai-user")
                .doesNotContain("x-other", "signature", "authorization");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void contents_are_bounded_and_files_are_of_a_type_a_size_and_a_number(GatewayKind gateway) {
        assertThat(post(gateway, "/small", "text/plain", ascii("0123456789")).statusCode())
                .isEqualTo(200);
        assertThat(code(post(gateway, "/small", "text/plain", ascii("0123456789a"))))
                .isEqualTo("TM-GATE-0014");

        byte[] pdf = ascii("%PDF-1.7\n1 0 obj\n");
        assertThat(post(gateway, "/files", "application/pdf", pdf).statusCode()).isEqualTo(200);
        assertThat(code(post(gateway, "/files", "application/pdf", ascii("GIF89a"))))
                .isEqualTo("TM-GATE-0084");
        assertThat(code(post(gateway, "/files", "application/pdf", Arrays.copyOf(pdf, 101))))
                .isEqualTo("TM-GATE-0085");
        String part = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n\r\n";
        assertThat(code(post(gateway, "/files", "multipart/form-data; boundary=b", ascii(part + part + "--b--\r\n"))))
                .isEqualTo("TM-GATE-0086");
        assertThat(backend.calls).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void calls_are_copied_and_the_answers_compared(GatewayKind gateway) {
        backend.answers = (exchange, body) -> Backend.reply(
                exchange, 200, exchange.getRequestURI().getPath().startsWith("/other") ? "{\"a\":\"x\"}" : "{\"a\":1}");
        String service = name(gateway) + "-copied";

        assertThat(get(gateway, "/copied").body()).isEqualTo("{\"a\":1}");
        await().until(() -> node.registry.copies(service).different() == 1);
        assertThat(node.registry.copies(service).differences())
                .extracting(CopyFigures.Difference::where, CopyFigures.Difference::detail)
                .containsExactly(tuple("/a", "number, copy: string"));
        assertThat(backend.targets).containsExactly("GET /one/copied", "GET /other/copied");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void an_answer_is_kept_by_the_parameters_that_make_a_difference(GatewayKind gateway) {
        get(gateway, "/kept?a=1&b=1");
        get(gateway, "/kept?b=2&a=1");
        assertThat(backend.calls).hasValue(1);
        get(gateway, "/kept?a=2");
        assertThat(backend.calls).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void each_level_of_the_access_log_writes_what_it_says_and_no_more(GatewayKind gateway) {
        ListAppender<ILoggingEvent> lines = listening();
        backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            Backend.reply(exchange, 200, "{\"diagnosis\":\"高血压\"}");
        };
        byte[] sent = "{\"name\":\"张三\",\"department\":\"儿科\"}".getBytes(StandardCharsets.UTF_8);
        try {
            for (String level : List.of("none", "in", "out", "full")) {
                assertThat(post(gateway, "/log/" + level, "application/json", sent)
                                .statusCode())
                        .isEqualTo(200);
            }
            await().until(() -> lines.list.size() == 3);
            List<JsonNode> said = lines.list.stream()
                    .map(each -> read(each.getFormattedMessage()))
                    .toList();
            assertThat(said)
                    .extracting(each -> each.path("service").asText(), each -> each.has("in"), each -> each.has("out"))
                    .containsExactly(
                            tuple(name(gateway) + "-log-in", true, false),
                            tuple(name(gateway) + "-log-out", false, true),
                            tuple(name(gateway) + "-log-full", true, true));
            assertThat(said.get(0).at("/in/content").toString()).isEqualTo("{\"name\":\"*2\",\"department\":\"*2\"}");
            assertThat(said.get(2).at("/in/content").toString()).isEqualTo("{\"name\":\"*2\",\"department\":\"儿科\"}");
            assertThat(said.get(2).at("/out/content").toString()).isEqualTo("{\"diagnosis\":\"*3\"}");
        } finally {
            ACCESS_LOG.detachAppender(lines);
        }
    }

    private static ListAppender<ILoggingEvent> listening() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        ACCESS_LOG.setLevel(Level.INFO);
        ACCESS_LOG.addAppender(lines);
        return lines;
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "USER"})
    void script_and_sql_in_a_value_are_refused_and_what_only_looks_like_them_is_not(GatewayKind gateway) {
        assertThat(get(gateway, "/plain?name=%3Cscript%3Ealert(1)%3C/script%3E").body())
                .contains("TM-SCREEN-0001");
        assertThat(get(gateway, "/plain?name=1'%20or%20'1'='1").body()).contains("TM-SCREEN-0002");
        assertThat(backend.calls).hasValue(0);
        assertThat(get(gateway, "/plain?name=O'Brien%20%E5%BC%A0%E4%B8%89").statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> get(GatewayKind gateway, String target) {
        return SignedCaller.send(call(gateway, "GET", target, NOTHING).build());
    }

    private static HttpResponse<String> post(GatewayKind gateway, String target, String type, byte[] body) {
        return SignedCaller.send(
                call(gateway, "POST", target, body).header("Content-Type", type).build());
    }

    private static HttpRequest.Builder call(GatewayKind gateway, String method, String target, byte[] body) {
        return gateway == GatewayKind.OPEN
                ? new SignedCaller("everywhere", KEY)
                        .request(node.open, method, target, body, System.currentTimeMillis())
                : HttpRequest.newBuilder(SignedCaller.uri(node.user, target))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .header(
                                "Authorization",
                                "Bearer " + Tokens.good("110101198503070023").signed(UserGateway.EC));
    }

    private static String code(HttpResponse<String> answer) {
        return SignedCaller.code(answer);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says whether it was counted down in time. */
    private static boolean awaited(CountDownLatch latch, long seconds) throws IOException {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String name(GatewayKind gateway) {
        return gateway.name().toLowerCase(Locale.ROOT);
    }

    /** The same services at either gateway, each with its way to know who calls. */
    private static String rules() throws IOException {
        try (InputStream in = EachGatewayIT.class.getResourceAsStream("each-gateway-rules.json")) {
            String services = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            StringBuilder all = new StringBuilder();
            StringBuilder open = new StringBuilder();
            for (GatewayKind gateway : List.of(GatewayKind.OPEN, GatewayKind.USER)) {
                String here = services.replace("@KIND@", gateway.name())
                        .replace("@kind@", name(gateway))
                        .replace("@ACCESS@", ACCESS.get(gateway))
                        .replace("@BACKEND@", backend.url());
                all.append(all.isEmpty() ? "" : ",")
                        .append(here.strip(), 1, here.strip().length() - 1);
            }
            JSON.readTree("[" + all + "]").forEach(service -> {
                if (service.path("id").asText().startsWith("open-")) {
                    open.append(open.isEmpty() ? "" : ",").append(service.path("id"));
                }
            });
            return """
                    {"callers": [{"id": "hospital"}],
                     "serviceDomains": [{"id": "here"}, {"id": "elsewhere"}],
                     "applications": [{"id": "everywhere", "caller": "hospital", "services": [%s],
                       "keys": [{"id": "k", "profile": "sm2-sm3", "publicKey": %s}]}],
                     "identityProviders": [{"id": "residents",
                       "subject": {"claim": "id_no", "system": "urn:oid:2.16.156.10011.1.3"},
                       "jwt": {"issuer": "https://id.example", "audience": ["tongmai"], "keys": %s}}],
                     "services": [%s]}"""
                    .formatted(
                            open,
                            JSON.writeValueAsString(PemKeys.write(KEY.publicKey())),
                            JSON.writeValueAsString(new JWKSet(UserGateway.EC.toPublicJWK()).toString()),
                            all);
        }
    }
}
