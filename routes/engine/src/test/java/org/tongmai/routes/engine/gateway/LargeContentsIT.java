package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.uri;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.LargeContents;

/** What the chain promises of contents that are too large for memory; {@code LargeContentsMemoryIT} says how large. */
class LargeContentsIT {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    private static final int LARGE = 3_000_000;
    private static final Pattern CODE = Pattern.compile("TM-[A-Z]+-[0-9]{4}");

    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode node;

    private final List<String> got = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        node = new GatewayNode(database.dataSource(), "large", Set.of(), Clock.systemUTC());
        node.registry.publish(rules(KEY, backend.url()), 0, "large", "test");
    }

    @AfterAll
    static void close() {
        node.close();
        backend.close();
        database.close();
    }

    @BeforeEach
    void hash() {
        backend.calls.set(0);
        backend.answers = (exchange, body) -> {
            got.add(Sm3.hex(body));
            Backend.reply(exchange, 200, "fine");
        };
    }

    @AfterEach
    void no_file_is_left() {
        await().until(() -> node.spool.used() == 0);
    }

    static String rules(Sm2PrivateKey key, String backend) {
        try (InputStream in = LargeContentsIT.class.getResourceAsStream("large-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend)
                    .replace("@KEY@", PemKeys.write(key.publicKey()).replace("\n", "\\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_signed_content_reaches_the_service_as_sent_once_and_not_when_a_byte_is_changed() {
        byte[] image = dicom(LARGE);
        HttpRequest.Builder signed = signed("imaging", "POST", image);

        assertThat(send(signed).statusCode()).isEqualTo(200);
        assertThat(code(send(signed))).isEqualTo("TM-GATE-0012");
        byte[] changed = image.clone();
        changed[LARGE - 1]++;
        assertThat(code(send(signed("imaging", "POST", image)
                        .method("POST", HttpRequest.BodyPublishers.ofByteArray(changed)))))
                .isEqualTo("TM-GATE-0010");
        assertThat(code(send(signed("imaging", "POST", image)
                        .method("POST", HttpRequest.BodyPublishers.ofByteArray(image, 0, LARGE - 1)))))
                .isEqualTo("TM-GATE-0010");

        assertThat(got).containsExactly(Sm3.hex(image));
    }

    @Test
    void who_may_not_call_brings_nothing_into_a_file() {
        // More than is held in memory is not read, less is refused for what is wrong with it.
        assertThat(HeadAlone.code(signed("nothing", "POST", dicom(LARGE)).build()))
                .isEqualTo("TM-HTTP-0001");
        assertThat(code(send(signed("nothing", "POST", dicom(300_000))))).isEqualTo("TM-GATE-0007");
        assertThat(code(send(signed("nobody", "POST", dicom(300_000))))).isEqualTo("TM-GATE-0006");
        assertThat(HeadAlone.code(signed("imaging", "POST", dicom(20_000_001)).build()))
                .isEqualTo("TM-HTTP-0001");
        assertThat(backend.calls).hasValue(0);
    }

    @Test
    void from_an_address_that_a_gateway_denies_nothing_goes_into_a_file() {
        LargeContents doors = node.context.getRegistry().lookupByNameAndType("chain", LargeContents.class);

        assertThat(doors.most("open", head("192.0.2.65"))).isEqualTo(20_000_000);
        assertThat(doors.most("open", head("192.0.2.66"))).isZero();
    }

    private static HttpCall head(String address) {
        HttpFields fields = HttpFields.of(RequestSignature.APP_HEADER, "imaging");
        return new HttpCall("POST", "/images", "", fields, new byte[0], address);
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg,        \u00ff\u00d8\u00ff,   ,           ''",
        "image/jpeg,        GIF89a,               ,           ''",
        "application/pdf,   %PDF-1.7 \u0001,      ,           TM-GATE-0084",
        "application/dicom, MZ\u0001,             ,           TM-GATE-0084",
        "image/png,         words,                ,           TM-GATE-0084",
        "application/json,  '[\"words\",\"',      '\"]',      TM-SCREEN-0004",
        "text/plain,        words,                ,           TM-SCREEN-0004",
        "image/jpeg,        \u00ff\u00d8\u00ff,   @ARCHIVE@,  TM-GATE-0087",
        "'multipart/form-data; boundary=b', --b,  ,           TM-EXCHANGE-0001"
    })
    void a_file_is_what_its_bytes_are_and_what_would_be_screened_does_not_pass_unscreened(
            String type, String begin, String end, String code) throws IOException {
        HttpResponse<String> answer =
                send(signed("imaging", "POST", file(begin, end)).header("Content-Type", type));

        assertThat(answer.statusCode() == 200 ? "" : code(answer)).isEqualTo(code);
        assertThat(backend.calls).hasValue(code.isEmpty() ? 1 : 0);
    }

    private static byte[] file(String begin, String end) throws IOException {
        byte[] first = begin.getBytes(StandardCharsets.ISO_8859_1);
        byte[] last = end == null
                ? new byte[0]
                : end.equals("@ARCHIVE@") ? archive() : end.getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = new byte[LARGE];
        boolean text = first[0] >= ' ' && !begin.startsWith("GIF") && !begin.contains("\u0001");
        Arrays.fill(file, text ? (byte) 'x' : 0);
        System.arraycopy(first, 0, file, 0, first.length);
        System.arraycopy(last, 0, file, LARGE - last.length, last.length);
        return file;
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("hidden.exe"));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_header_field_of_a_call_with_a_large_content_is_screened_as_any() {
        assertThat(code(send(
                        signed("imaging", "POST", dicom(LARGE)).header("Referer", "/?q=<script>alert(1)</script>"))))
                .isEqualTo("TM-SCREEN-0001");
        assertThat(backend.calls).hasValue(0);
    }

    @Test
    void a_call_that_is_tried_again_brings_the_whole_content_again() {
        byte[] image = dicom(LARGE);
        backend.answers = (exchange, body) -> {
            got.add(Sm3.hex(body));
            Backend.reply(exchange, backend.calls.get() == 1 ? 503 : 200, "fine");
        };

        assertThat(send(signed("imaging", "PUT", image)).statusCode()).isEqualTo(200);
        assertThat(got).containsExactly(Sm3.hex(image), Sm3.hex(image));
    }

    @Test
    void the_access_log_says_how_long_a_large_content_is_and_nothing_of_it_and_the_audit_log_too() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            HttpResponse<String> answer = send(signed("imaging", "POST", dicom(LARGE)));
            await().until(() -> !lines.list.isEmpty());
            JsonNode in = new ObjectMapper()
                    .readTree(lines.list.get(0).getFormattedMessage())
                    .path("in");
            assertThat(in.path("bytes").asLong()).isEqualTo(LARGE);
            assertThat(in.path("cut").asBoolean()).isTrue();
            assertThat(in.has("content")).isFalse();
            AuditRecord record = record(answer);
            assertThat(record.outcome()).isEqualTo("200");
            assertThat(record.figures().received()).isEqualTo(LARGE);
            assertThat(record.figures().sent()).isEqualTo(4);
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void a_large_answer_reaches_the_caller_whole_and_its_length_the_audit_log() throws Exception {
        byte[] image = dicom(LARGE);
        backend.answers = (exchange, body) -> reply(exchange, 200, image);

        HttpResponse<byte[]> answer = raw("/raw/image");

        assertThat(answer.body()).isEqualTo(image);
        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(LARGE);
        assertThat(record(answer).figures().sent()).isEqualTo(LARGE);
    }

    @Test
    void a_large_answer_that_nobody_gets_leaves_no_file() throws Exception {
        byte[] image = dicom(LARGE);
        backend.answers = (exchange, body) -> reply(exchange, backend.calls.get() == 1 ? 503 : 200, image);
        assertThat(raw("/raw/again").body()).isEqualTo(image);
        assertThat(backend.calls).hasValue(2);
        no_file_is_left();

        backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
            reply(exchange, 302, image);
        };
        assertThat(new String(raw("/raw/away").body(), StandardCharsets.UTF_8)).contains("TM-GATE-0068");
    }

    @Test
    void a_service_that_breaks_off_in_its_answer_is_one_that_could_not_be_called() throws Exception {
        backend.answers = (exchange, body) -> {
            exchange.sendResponseHeaders(200, LARGE);
            exchange.getResponseBody().write(new byte[LARGE / 2]);
            throw new IOException("broken off");
        };

        HttpResponse<byte[]> answer = raw("/raw/broken");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("TM-GATE-0021");
        assertThat(backend.calls).hasValue(2); // and it was tried again, for nothing had gone out
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images|\"largeBody\": 20000000|\"largeBody\": 1000|.content.largeBody",
                "images|\"files\": {\"types\": [|\"files\": {\"types\": [\"text/plain\", |.content.screening",
                "images|, \"files\": {\"types\": [\"application/dicom\", \"image/*\"]}||.content.screening",
                "images|\"largeBody\": 20000000|\"largeBody\": 20000000, \"encryption\":"
                        + " {\"profiles\": [\"sm2-sm4-gcm\"], \"request\": \"ALLOWED\"}|.content.encryption.request",
                "images|\"errorRetries\": 1|\"copy\": {\"url\": \"http://copy\"}|.traffic.copy",
                "images|\"kind\": \"http\"|\"kind\": \"xml\"|.content.largeBody",
                "raw|\"largeBody\": \"1000000000\"|\"largeBody\": \"1 GB\"|.transport.parameters",
                "raw|\"largeBody\": \"1000000000\"|\"largeBody\": \"1000\", \"maxBody\": \"1000\"|.transport.parameters",
                "raw|\"allow\": [\"127.0.0.0/8\"]|\"deny\": [\"127.0.0.0/8\"]|.content.largeBody",
                "images|\"largeBody\": 20000000|\"largeBody\": 1000000000000001|.content.largeBody",
                "raw|\"errorRetries\": 1}}|\"cache\": {\"time\": \"PT1S\"}}}|.traffic.cache",
                "raw|\"errorRetries\": 1}}|\"copy\": {\"url\": \"http://copy\"}}}|.traffic.copy"
            })
    void rules_that_ask_for_what_no_large_content_can_have_are_not_published(
            String service, String good, String bad, String place) {
        String rules = rules(KEY, backend.url());
        int at = rules.indexOf(good, rules.indexOf("\"id\": \"" + service + "\""));
        assertThat(at).isPositive();
        String broken = rules.substring(0, at) + (bad == null ? "" : bad) + rules.substring(at + good.length());

        assertThat(violations(rules)).isEmpty();
        assertThat(violations(broken)).extracting(Issue::location).containsExactly("services[" + service + "]" + place);
    }

    @Test
    void rules_that_ask_for_more_than_there_can_be_room_for_are_not_published() {
        String rules = rules(KEY, backend.url()).replace("\"largeBody\": 20000000", "\"largeBody\": 5000000000");
        assertThatThrownBy(() -> node.registry.publish(rules, 1, "", "test"))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-GATE-0040")
                .hasMessageContaining("services[images].content.largeBody")
                .hasMessageContaining("found: 5000000000 (expected: at most 1073741824");
    }

    private static List<Issue> violations(String rules) {
        Map<String, String> defaults = Map.of("maxBody", "10485760", "largeBody", "0");
        return RuleCheck.violations(
                RuleFiles.read(rules),
                List.of(
                        new TransportKind("http", Set.of("url"), defaults),
                        new TransportKind("xml", Set.of("url"), defaults)),
                List.of());
    }

    private static String code(HttpResponse<String> answer) {
        Matcher code = CODE.matcher(answer.body());
        return code.find() ? code.group() : answer.statusCode() + " " + answer.body();
    }

    private static AuditRecord record(HttpResponse<?> answer) {
        String trace = answer.headers().firstValue("x-tongmai-trace").orElseThrow();
        AuditQuery query = new AuditQuery(
                Instant.now().minusSeconds(600),
                Instant.now().plusSeconds(1),
                Map.of(AuditQuery.Term.TRACE, trace),
                null,
                "",
                10);
        return new ArrayList<>(node.audit.search(query).entries()).get(0).record();
    }

    private static void reply(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    private static HttpResponse<byte[]> raw(String target) throws IOException, InterruptedException {
        return SignedCaller.CLIENT.send(
                HttpRequest.newBuilder(uri(node.bus, target)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder signed(String application, String method, byte[] content) {
        return new SignedCaller(application, KEY)
                .request(node.open, method, "/images", content, System.currentTimeMillis());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return SignedCaller.send(request.build());
    }

    private static byte[] dicom(int length) {
        byte[] image = new byte[length];
        for (int i = 200; i < length; i++) {
            image[i] = (byte) (i * 31 + i / 251);
        }
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, image, 128, 4);
        return image;
    }
}
