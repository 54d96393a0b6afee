package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.spi.TransformerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Error;

/** Receivers of HL7 v2 over MLLP behind callers that speak HTTP. */
class MllpTransportIT {
    private static final String HL7 = "application/hl7-v2";
    private static final String FHIR = "application/fhir+json";
    private static final BlockingQueue<ReceivedMessage> RECEIVED = new LinkedBlockingQueue<>();
    private static final CountDownLatch SLOW = new CountDownLatch(1);
    private static final DefaultCamelContext RECEIVER = new DefaultCamelContext();
    private static volatile CountDownLatch holding = new CountDownLatch(0);
    private static final int LISTEN = GatewayNode.freePort();
    private static ServerSocket garbage;
    private static TransportNode transports;

    @BeforeAll
    static void start() throws Exception {
        int port = GatewayNode.freePort();
        GatewayNode.useAdapters(RECEIVER);
        RECEIVER.start();
        RECEIVER.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("kamelet:hl7-mllp-source?port=" + port + "&host=127.0.0.1")
                        .threads(4, 4)
                        .process(MllpTransportIT::received);
            }
        });
        garbage = new ServerSocket(0);
        Thread thread = new Thread(MllpTransportIT::answerGarbage, "garbage");
        thread.setDaemon(true);
        thread.start();
        transports = new TransportNode();
        TransformerRegistry mappings = transports.node.context.getTransformerRegistry();
        TransformerKey key = new TransformerKey(new DataType("fhir:call"), new DataType("hl7v2:call"));
        mappings.put(key, new HeldMapping(mappings.resolveTransformer(key)));
        transports.publish(Map.of(
                "LISTEN",
                Integer.toString(LISTEN),
                "MLLP",
                Integer.toString(port),
                "GARBAGE",
                Integer.toString(garbage.getLocalPort())));
    }

    @AfterAll
    static void close() throws IOException {
        SLOW.countDown();
        transports.close();
        RECEIVER.stop();
        garbage.close();
    }

    @BeforeEach
    void forget() {
        RECEIVED.clear();
    }

    private static void received(Exchange exchange) throws InterruptedException {
        ReceivedMessage message = exchange.getMessage().getBody(ReceivedMessage.class);
        RECEIVED.add(message);
        switch (message.keys().controlId()) {
            case "SLOW" -> SLOW.await(20, TimeUnit.SECONDS);
            case "E" -> throw new IllegalStateException("broken");
            case "R" -> throw new CodedException(Issue.of(Hl7Error.NUL_CHARACTER, "PID-5", "expected none"));
            default -> {}
        }
    }

    /** To each connection something else that is no acknowledgement. */
    private static void answerGarbage() {
        String[] answers = {"\u000bHELLO\u001c\r", "HTTP/1.1 400 Bad Request\r\n\r\n", "", "\u000bMSA|AA|G\r\u001c\r"};
        for (int i = 0; !garbage.isClosed(); i++) {
            try (Socket peer = garbage.accept()) {
                for (int read = 0; read >= 0 && read != 0x1C; ) {
                    read = peer.getInputStream().read(); // to the end of the message
                }
                peer.getOutputStream().write(answers[i % answers.length].getBytes(StandardCharsets.US_ASCII));
                peer.getOutputStream().flush();
            } catch (IOException closed) {
                continue;
            }
        }
    }

    @Test
    void what_the_receiver_was_not_to_acknowledge_its_sender_is_not_acknowledged() throws Exception {
        String header = "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|";
        String rest = "\rEVN|A01|20260301120000\rPID|1||P1^^^HOSP\rPV1|1|I";
        byte[] asked = (header + "N1|P|2.5" + rest).getBytes(StandardCharsets.UTF_8);
        assertThat(MllpSender.send(LISTEN, asked)).contains("MSA|AA|N1");
        byte[] notAsked = (header + "N2|P|2.5|||NE|NE" + rest).getBytes(StandardCharsets.UTF_8);
        assertThat(MllpSender.send(LISTEN, notAsked))
                .contains("|N2", "TM-GATE-0098")
                .doesNotContain("MSA|AA", "MSA|CA");
    }

    @Test
    void a_message_arrives_byte_for_byte_and_its_acknowledgement_is_the_answer() throws Exception {
        HttpResponse<String> answer = transports.post("/mllp", HL7, message("C1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/hl7-v2; charset=");
        assertThat(answer.body()).startsWith("MSH|").contains("MSA|AA|C1");
        assertThat(RECEIVED.take().raw()).isEqualTo(message("C1").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void who_accepts_json_gets_the_acknowledgement_as_json() {
        assertThat(transports
                        .post("/mllp", HL7, message("C2"), "accept", "application/json")
                        .body())
                .isEqualTo("{\"acknowledgement\":\"AA\",\"controlId\":\"C2\",\"errors\":[]}");
    }

    @Test
    void an_error_is_to_be_mended_and_a_rejection_a_conflict_and_what_the_receiver_says_is_told() {
        HttpResponse<String> error = transports.post("/mllp", HL7, message("E"));
        assertThat(error.statusCode()).isEqualTo(422);
        assertThat(error.body()).contains("MSA|AE|E", "ERR|");

        HttpResponse<String> rejection = transports.post("/mllp", HL7, message("R"), "accept", "application/json");
        assertThat(rejection.statusCode()).isEqualTo(409);
        assertThat(code(rejection)).isEqualTo("TM-MLLP-0015");
        assertThat(rejection.body())
                .contains("\"acknowledgement\":\"AR\"", "\"controlId\":\"R\"", "\"location\":\"PID^1^5\"")
                .contains("\"condition\":\"", "\"severity\":\"E\"");
    }

    @Test
    void a_content_that_is_no_message_or_more_than_one_reaches_nobody_and_does_not_count_against_the_receiver() {
        String two = message("A") + "\u001c\r\u000b" + message("B");
        for (String content :
                new String[] {"{}", "", "PID|1\r", two, message("A") + "\u000b", message("A") + "\r" + message("B")}) {
            for (int i = 0; i < 8; i++) {
                assertThat(transports.post("/mllp", HL7, content).statusCode()).isEqualTo(400);
            }
        }
        String control = message("A").replace("EVN|", "EVN|\u0001");
        assertThat(code(transports.post("/mllp", "application/octet-stream", control)))
                .isEqualTo("TM-MLLP-0016");
        assertThat(RECEIVED).isEmpty();
        assertThat(transports.post("/mllp", HL7, message("C3")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_message_is_written_in_the_charset_of_the_receiver_and_says_so() throws Exception {
        assertThat(transports.post("/mllp-gb18030", HL7, message("C4")).statusCode())
                .isEqualTo(200);

        ReceivedMessage message = RECEIVED.take();
        assertThat(new String(message.raw(), Charset.forName("GB18030"))).contains("王^小明", "|GB 18030-2000\rEVN");
        assertThat(message.charset()).isEqualTo(Charset.forName("GB18030"));

        HttpResponse<String> lacking = transports.post("/mllp-latin", HL7, message("C5"));
        assertThat(lacking.statusCode()).isEqualTo(422);
        assertThat(code(lacking)).isEqualTo("TM-MLLP-0019");
        assertThat(RECEIVED).isEmpty();
    }

    @Test
    void fhir_becomes_the_message_it_tells_of() throws Exception {
        Path golden = Path.of("../../mappings/fhir-to-hl7v2/golden");
        HttpResponse<String> answer = transports.post(
                "/mllp-fhir",
                "application/fhir+json",
                Files.readString(golden.resolve("appointment.bundle.json")),
                "accept",
                "application/json");

        assertThat(answer.statusCode()).isEqualTo(200);
        String message = RECEIVED.take().text();
        assertThat(message).startsWith("MSH|").contains("|SIU^", "\rSCH|", "\rPID|");

        HttpResponse<String> lossy = transports.post(
                "/mllp-fhir",
                "application/fhir+json",
                Files.readString(golden.resolve("patient-and-visit.bundle.json")));
        assertThat(lossy.statusCode()).isEqualTo(200);
        assertThat(lossy.headers().firstValue("x-tongmai-warnings")).contains("TM-MAP-0015 Patient.photo");

        HttpResponse<String> nothing = transports.post("/mllp-fhir", "application/fhir+json", "{\"resourceType\":1}");
        assertThat(nothing.statusCode()).isBetween(400, 422);
        assertThat(code(nothing)).startsWith("TM-MAP-");

        HttpResponse<String> undeclared = transports.post(
                "/mllp-fhir", "application/octet-stream", Files.readString(golden.resolve("appointment.bundle.json")));
        assertThat(code(undeclared)).startsWith("TM-MAP-0016");
        assertThat(RECEIVED).hasSize(1); // the lossy one
        String trace = lossy.headers().firstValue("x-tongmai-trace").orElseThrow();
        assertThat(RECEIVED.take().keys().controlId()).isEqualTo(trace.substring(0, 20));
    }

    @Test
    void of_what_had_no_place_only_names_are_told_and_a_name_that_could_be_a_value_by_its_length() throws Exception {
        JsonNode bundle = new ObjectMapper()
                .readTree(Files.readString(
                        Path.of("../../mappings/fhir-to-hl7v2/golden").resolve("patient-and-visit.bundle.json")));
        ObjectNode patient = (ObjectNode) bundle.findParents("photo").get(0);
        for (String name : List.of("QHhDbTDaBWDEWqGLgxeUyC", "王小明", "x\r\nSet-Cookie: a", "P310101198503070023")) {
            patient.put(name, "y");
        }
        patient.put("favouriteColour", "y");

        HttpResponse<String> answer = transports.post("/mllp-fhir", "application/fhir+json", bundle.toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-tongmai-warnings").orElse("").split(", "))
                .contains(
                        "TM-MAP-0015 Patient.photo",
                        "TM-MAP-0015 Patient.favouriteColour",
                        "TM-MAP-0015 Patient.*22",
                        "TM-MAP-0015 Patient.*3",
                        "TM-MAP-0015 Patient.*16",
                        "TM-MAP-0015 Patient.*19");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void a_text_of_two_bytes_a_character_reaches_nobody_said_or_not() {
        for (Charset wide : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String type : List.of(HL7 + "; charset=utf-16", HL7, "application/octet-stream")) {
                HttpResponse<String> answer =
                        transports.post("/mllp-unscreened", type, message("W").getBytes(wide));
                assertThat(answer.statusCode()).as("%s, %s", wide, type).isEqualTo(400);
            }
        }
        assertThat(code(transports.post("/mllp-unscreened", HL7 + "; charset=utf-16", message("W"))))
                .as("said of a text that is none")
                .isEqualTo("TM-MLLP-0016");
        assertThat(RECEIVED).isEmpty();
    }

    @Test
    void more_than_the_threads_that_map_can_take_is_refused_and_other_services_do_not_notice() throws Exception {
        int room = capacity("mllp-fhir");
        CountDownLatch held = held();
        List<CompletableFuture<HttpResponse<String>>> asked = asked("/mllp-fhir", room + 5);
        try {
            await("who finds no room").until(() -> ended(asked) >= 5);
            assertThat(transports.post("/mllp", HL7, message("C7")).statusCode())
                    .isEqualTo(200);
            assertThat(ended(asked)).as("others wait meanwhile").isLessThan(asked.size());
        } finally {
            held.countDown();
        }
        List<HttpResponse<String>> refused = asked.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() != 200)
                .toList();
        assertThat(refused).hasSizeGreaterThanOrEqualTo(5).allMatch(answer -> answer.statusCode() == 503);
        assertThat(refused).extracting(SignedCaller::code).containsOnly("TM-GATE-0017");
        assertThat(transports.post("/mllp-fhir", FHIR, appointment()).statusCode())
                .as("and when there is room again, the service is well")
                .isEqualTo(200);
    }

    @Test
    void only_services_that_map_have_as_little_room_as_the_threads_that_map() {
        assertThat(capacity("mllp-fhir")).isLessThanOrEqualTo(66);
        assertThat(capacity("mllp-latin")).isEqualTo(500);
    }

    @Test
    void who_waits_for_a_mapping_is_told_in_time() throws Exception {
        CountDownLatch held = held();
        try {
            assertThat(asked("/mllp-fhir-hurried", 4))
                    .extracting(answer -> code(answer.join()))
                    .containsOnly("TM-GATE-0029");
        } finally {
            held.countDown();
        }
    }

    private static int capacity(String service) {
        return transports.node.registry.services().stream()
                .filter(each -> each.id().equals(service))
                .mapToInt(Gateways.ServiceFigures::capacity)
                .findAny()
                .orElseThrow();
    }

    private static long ended(List<CompletableFuture<HttpResponse<String>>> asked) {
        return asked.stream().filter(CompletableFuture::isDone).count();
    }

    /** Mapping waits until it is counted down. */
    private static CountDownLatch held() {
        CountDownLatch latch = new CountDownLatch(1);
        holding = latch;
        return latch;
    }

    /** Mapping as it is, once nobody holds it. */
    private static final class HeldMapping extends Transformer {
        private final Transformer mapping;

        HeldMapping(Transformer mapping) {
            this.mapping = mapping;
            setFrom(mapping.getFrom().getFullName());
            setTo(mapping.getTo().getFullName());
        }

        @Override
        public void transform(Message message, DataType from, DataType to) throws Exception {
            holding.await();
            mapping.transform(message, from, to);
        }
    }

    private static List<CompletableFuture<HttpResponse<String>>> asked(String target, int times) throws IOException {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(SignedCaller.CLIENT.sendAsync(
                    transports.request(target, FHIR, appointment()), HttpResponse.BodyHandlers.ofString()));
        }
        return asked;
    }

    private static String appointment() throws IOException {
        return Files.readString(Path.of("../../mappings/fhir-to-hl7v2/golden/appointment.bundle.json"));
    }

    @Test
    void a_receiver_that_is_away_slow_or_speaks_something_else_is_told_as_of_any_other_transport() {
        assertThat(code(transports.post("/mllp-away", HL7, message("C6")))).isEqualTo("TM-GATE-0021");
        assertThat(code(transports.post("/mllp", HL7, message("SLOW")))).isEqualTo("TM-GATE-0029");
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> answer = transports.post("/mllp-garbage", HL7, message("G"));
            assertThat(code(answer)).as("garbage %d", i).isIn("TM-GATE-0021", "TM-GATE-0029");
            assertThat(answer.body()).doesNotContain("HELLO");
        }
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I";
    }
}
