package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.access.AccessLog;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Algorithm;

/** 访问日志打印控制. */
class AccessLogIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Everything of these is a value nobody may find in the log. */
    private static final List<String> SECRETS =
            List.of("张三", "110101199003070134", "王医生", "高血压", "secret-query", "mrn-8899", "QUJDREVG");

    private static ContentNode content;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean holding;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            if (holding) {
                awaitRelease();
            }
        }
    };

    @BeforeAll
    static void start() throws Exception {
        content = new ContentNode();
    }

    @AfterAll
    static void close() {
        content.close();
    }

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        content.backend.answers = (exchange, body) -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            Backend.reply(exchange, 200, "{\"diagnosis\":\"高血压\",\"department\":\"心内科\"}");
        };
    }

    @AfterEach
    void stopListening() {
        held.countDown();
        logger.detachAppender(appender);
    }

    @ParameterizedTest
    @CsvSource({"in,true,false", "out,false,true", "full,true,true"})
    void each_level_writes_what_it_says_and_no_more(String level, boolean in, boolean out) throws IOException {
        post("/log/none/mrn-8899", "application/json", "{\"name\":\"张三\"}");
        post(
                "/log/" + level + "/mrn-8899?department=%E5%84%BF%E7%A7%91&q=secret-query",
                "application/json",
                """
                {"name":"张三","department":"儿科","ids":["110101199003070134"],"110101199003070134":{"alive":true},
                 "doctor":{"name":"王医生","age":41}}""");

        JsonNode line = JSON.readTree(one());
        assertThat(line.path("service").asText()).isEqualTo("log-" + level);
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.has("in")).isEqualTo(in);
        assertThat(line.has("out")).isEqualTo(out);
        if (in) {
            assertThat(line.path("in").path("path").toString()).isEqualTo("[{\"patient\":\"*8\"}]");
            assertThat(line.path("in").path("query").toString()).isEqualTo("[{\"department\":\"儿科\"},{\"q\":\"*12\"}]");
            assertThat(line.path("in").path("content").toString())
                    .isEqualTo("{\"name\":\"*2\",\"department\":\"儿科\",\"ids\":[\"*18\"],\"*18\":{\"alive\":\"*\"},"
                            + "\"doctor\":{\"name\":\"*3\",\"age\":\"*2\"}}");
        }
        if (out) {
            assertThat(line.path("out").path("content").toString())
                    .isEqualTo("{\"diagnosis\":\"*3\",\"department\":\"心内科\"}");
        }
        nothingSecret();
    }

    @Test
    void forms_xml_parts_and_what_can_not_be_read_are_masked_too() throws IOException {
        post("/log/in/1", "application/x-www-form-urlencoded", "name=%E5%BC%A0%E4%B8%89&department=%E5%84%BF%E7%A7%91");
        post(
                "/log/in/2",
                "application/xml",
                "<patient id='mrn-8899'><name>张三</name><department>儿科</department></patient>");
        post(
                "/log/in/3",
                "multipart/form-data; boundary=b",
                """
                --b\r
                Content-Disposition: form-data; name="name"\r
                \r
                张三\r
                --b\r
                Content-Disposition: form-data; name="scan"; filename="张三.txt"\r
                \r
                高血压\r
                --b--\r
                """);
        post("/log/in/4", "text/plain", "张三 110101199003070134");
        post("/log/in/5", "application/json", "{\"name\":\"张三\",\"more\":[\"王医生");
        post("/log/in/6", "application/json", "{\"fill\":\"" + "a".repeat(70_000) + "\",\"name\":\"张三\"}");

        post("/log/in/7", "application/json", " \n ");
        await().until(() -> lines.size() == 7);
        assertThat(contents())
                .containsExactly(
                        "[{\"name\":\"*2\"},{\"department\":\"儿科\"}]",
                        "[{\"patient@id\":\"*8\"},{\"name\":\"*2\"},{\"department\":\"儿科\"}]",
                        "[{\"name\":\"*2\"},{\"file\":\"*9\"}]",
                        "\"*25\"",
                        "{\"name\":\"*2\",\"more\":[]}",
                        "{}",
                        "\"*3\"");
        assertThat(JSON.readTree(lines.get(5)).path("in").path("cut").asBoolean())
                .isTrue();
        nothingSecret();
    }

    @Test
    void an_encrypted_call_and_its_answer_are_masked_as_they_were_in_clear() throws IOException {
        byte[] envelope = PayloadEnvelope.seal(
                        "{\"name\":\"张三\"}".getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        PayloadEnvelope.Receiver.of(Algorithm.SM2_SM4_GCM, ContentNode.OURS_SM2.publicKey(), "gw-sm2"))
                .json();
        SignedCaller.send(new SignedCaller("app-keys", ContentNode.APP_SM2)
                .request(content.node.open, "POST", "/sealed", envelope, System.currentTimeMillis())
                .header("Content-Type", PayloadEnvelope.MEDIA_TYPE)
                .build());

        JsonNode line = JSON.readTree(one());
        assertThat(line.path("application").asText()).isEqualTo("app-keys");
        assertThat(line.path("in").path("content").toString()).isEqualTo("{\"name\":\"*2\"}");
        assertThat(line.path("out").path("content").toString())
                .isEqualTo("{\"diagnosis\":\"*3\",\"department\":\"*3\"}");
        nothingSecret();
    }

    @Test
    void an_application_that_only_says_who_it_is_is_not_named() throws IOException {
        SignedCaller.send(new SignedCaller("app-keys", Sm2PrivateKey.generate())
                .request(content.node.open, "GET", "/sealed", new byte[0], System.currentTimeMillis())
                .build());

        JsonNode line = JSON.readTree(one());
        assertThat(line.path("code").asText()).isEqualTo("TM-GATE-0010");
        assertThat(line.path("application").asText()).isEmpty();
    }

    @Test
    void a_log_that_can_not_be_written_holds_up_no_call_and_what_is_lost_is_counted_and_said() throws IOException {
        holding = true;
        double before = lost();
        String large = "{\"fill\":\"" + "a".repeat(50_000) + "\"}";
        for (int i = 0; i < 20; i++) {
            assertThat(post("/log/in/" + i, "application/json", large)).isEqualTo(200);
        }

        assertThat(lost() - before).isGreaterThan(10);
        holding = false;
        held.countDown();
        await().until(() -> lines.stream().anyMatch(line -> line.contains("\"lost\"")));
        long said = 0;
        for (String line : lines) {
            said += JSON.readTree(line).path("lost").asLong();
        }
        assertThat(said).isEqualTo((long) (lost() - before));
    }

    private double lost() {
        return content.node
                .meters
                .get("tongmai.gateway.access-log.lost")
                .counter()
                .count();
    }

    private void awaitRelease() {
        try {
            assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String one() {
        await().until(() -> lines.size() == 1);
        return lines.get(0);
    }

    private List<String> contents() {
        return lines.stream()
                .map(line -> {
                    try {
                        return JSON.readTree(line).path("in").path("content").toString();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private void nothingSecret() {
        assertThat(String.join("\n", lines)).doesNotContain(SECRETS);
    }

    private static int post(String target, String type, String body) {
        return SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(content.node.bus, target))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }
}
