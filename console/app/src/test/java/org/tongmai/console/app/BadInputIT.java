package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hostile input with a small heap: a coded answer or a clean close, while a neighbour sends on undisturbed. */
class BadInputIT {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
    private static final String HEAP = "-Xmx512m";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** The heap, as much again outside it for buffers at the most, and the code. */
    private static final long MOST_MEMORY = 1_400L * 1024 * 1024;

    @TempDir
    private static Path folder;

    private static PlatformProcess platform;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final ExecutorService neighbourThread = Executors.newSingleThreadExecutor();
    private Future<Integer> neighbour;

    @BeforeAll
    static void start() {
        platform = new PlatformProcess(folder.resolve("data"), PlatformPorts.free(), HEAP);
        platform.start();
    }

    @AfterAll
    static void end() throws IOException {
        platform.peakMemory()
                .ifPresent(peak -> assertThat(peak).as("most bytes resident").isLessThan(MOST_MEMORY));
        platform.close();
        assertThat(platform.output()).content().doesNotContain("OutOfMemoryError", "StackOverflowError");
    }

    @BeforeEach
    void aNeighbourSends() {
        neighbour = neighbourThread.submit(() -> {
            int sent = 0;
            try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
                do {
                    String controlId = "N" + System.nanoTime();
                    byte[] answer = socket.exchange(admission(controlId));
                    assertThat(MllpSocket.code(answer)).isEqualTo("AA");
                    assertThat(MllpSocket.field(answer, "MSA", 2)).isEqualTo(controlId);
                    sent++;
                } while (!stop.get());
            }
            return sent;
        });
    }

    @AfterEach
    void theNeighbourWasNotDisturbed() throws Exception {
        stop.set(true);
        assertThat(neighbour.get()).isPositive();
        neighbourThread.shutdown();
        assertThat(platform.alive()).isTrue();
        assertThat(platform.client().ready()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            no control id;             MSH|^~\\&|A|B|C|D|20260101||ADT^A01||P|2.5;                           MSH-10
            no message type;           MSH|^~\\&|A|B|C|D|20260101|||X1|P|2.5;                                MSH-9
            an unknown version;        MSH|^~\\&|A|B|C|D|20260101||ADT^A01|X2|P|9.9;                         MSH-12
            separators that are letters; MSHAAAAAA|B|C|D|20260101||ADT^A01|X6|P|2.5;                         MSH-
            one separator only;        MSH|^|A|B|C|D|20260101||ADT^A01||P|2.5;                               MSH-
            no separators;             MSH;                                                                  MSH
            separators that repeat;    MSH|||||A|B|C|D|20260101||ADT^A01|X3|P|2.5;                           MSH-
            an unknown message type;   MSH|^~\\&|A|B|C|D|20260101||ZZZ^Z99|X4|P|2.5;                         MSH-9
            no patient identifier;     MSH|^~\\&|A|B|C|D|20260101||ADT^A01|X5|P|2.5{r}PID|1||||Nobody;       PID-3
            no MSH;                    PID|1||123;                                                           MSH
            not HL7 at all;            GET / HTTP/1.1;                                                       MSH
            """)
    void a_message_with(String what, String text, String place) throws IOException {
        try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
            String answer = new String(
                    socket.exchange(text.replace("{r}", "\r").getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.UTF_8);

            assertThat(answer)
                    .as(what)
                    .containsPattern("MSA\\|A[ER]\\|")
                    .contains("TM-")
                    .contains(place);
        }
    }

    @Test
    void nul_bytes_are_answered() throws IOException {
        try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
            assertThat(MllpSocket.code(socket.exchange(new byte[1000]))).isIn("AE", "AR");
            byte[] message = admission("NUL-1");
            message[message.length - 5] = 0;
            assertThat(MllpSocket.code(socket.exchange(message))).isIn("AA", "AE", "AR");
        }
    }

    @Test
    void frames_of_ten_megabytes_are_refused_or_closed_again_and_again() throws IOException {
        byte[] huge = new byte[TEN_MEGABYTES];
        java.util.Arrays.fill(huge, (byte) 'A');
        byte[] start = admission("HUGE-1");
        System.arraycopy(start, 0, huge, 0, start.length);
        for (int i = 0; i < 30; i++) {
            assertThat(codeOrClosed(huge)).isIn("AR", "closed");
        }
        JsonNode found = platform.client().json("/api/messages?controlId=HUGE-1&limit=50");
        assertThat(found.get("items")).hasSizeGreaterThan(1).allSatisfy(item -> {
            assertThat(item.get("state").asText()).isEqualTo("REFUSED");
            assertThat(platform.client()
                            .get("/api/messages/" + item.get("id").asText() + "/raw")
                            .body())
                    .as("the header alone")
                    .hasSizeLessThan(200);
        });
    }

    private static String codeOrClosed(byte[] message) throws IOException {
        try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
            byte[] answer = socket.exchange(message);
            return answer == null ? "closed" : MllpSocket.code(answer);
        } catch (SocketException closedWhileWriting) {
            return "closed";
        }
    }

    @Test
    void messages_that_are_very_wide_or_very_long_are_answered() throws IOException {
        String head = new String(admission("WIDE-1"), StandardCharsets.UTF_8);
        for (String wide : List.of(
                head + "PID|1||" + "1^^^A~".repeat(600_000) + "\r",
                head + "ZZZ|" + "&".repeat(4_000_000) + "\r",
                head + "ZZZ\r".repeat(1_000_000),
                head + "ZZZ" + "|".repeat(4_000_000) + "\r",
                head + "ZZZ\r".repeat(49_000),
                head.replace("Test^Neighbour", "Test^Neighbour~".repeat(49_000)),
                head.replace("Test^Neighbour", "N".repeat(4_000_000)),
                head.replace("N000001", "1".repeat(4_000_000)),
                head.replace("WIDE-1", "1".repeat(4_000_000)))) {
            try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
                byte[] answer = socket.exchange(wide.getBytes(StandardCharsets.UTF_8));
                assertThat(MllpSocket.code(answer)).isIn("AA", "AE", "AR");
            }
        }
    }

    @Test
    void a_thousand_idle_connections_leave_room() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                sockets.add(new Socket("127.0.0.1", platform.ports().mllpAdt()));
            }
            try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
                assertThat(MllpSocket.code(socket.exchange(admission("ROOM-1"))))
                        .isEqualTo("AA");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void a_sender_of_one_byte_a_second_is_told_and_closed_while_others_send() throws IOException {
        List<MllpSocket> slow = new ArrayList<>();
        byte[] message = MllpSocket.frame(admission("SLOW-1"));
        AtomicInteger position = new AtomicInteger();
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int i = 0; i < 200; i++) {
                slow.add(new MllpSocket(platform.ports().mllpAdt()));
            }
            drip.scheduleAtFixedRate(
                    () -> writeToAll(slow, message[position.getAndIncrement()]), 0, 1, TimeUnit.SECONDS);
            for (MllpSocket socket : slow) {
                String answer = new String(socket.readFrame(Duration.ofMinutes(2)), StandardCharsets.UTF_8);
                assertThat(answer).contains("MSA|AR|").contains("TM-MLLP-0002");
                assertThat(socket.readFrame()).as("closed").isNull();
            }
        } finally {
            drip.shutdownNow();
            for (MllpSocket socket : slow) {
                socket.close();
            }
        }
    }

    private static void writeToAll(List<MllpSocket> sockets, int oneByte) {
        for (MllpSocket socket : sockets) {
            try {
                socket.writeRaw(new byte[] {(byte) oneByte});
            } catch (IOException closedByThePlatform) {
                continue;
            }
        }
    }

    @Test
    void frames_that_never_end_do_not_fill_the_memory() throws IOException {
        List<MllpSocket> greedy = new ArrayList<>();
        byte[] most = new byte[5_000_000];
        java.util.Arrays.fill(most, (byte) 'A');
        most[0] = 0x0b;
        ExecutorService senders = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < 100; i++) {
                MllpSocket socket = new MllpSocket(platform.ports().mllpAdt());
                greedy.add(socket);
                senders.submit(() -> {
                    socket.writeRaw(most);
                    return null;
                });
            }
            try (MllpSocket socket = new MllpSocket(platform.ports().mllpAdt())) {
                byte[] answer = socket.exchange(admission("GREEDY-1"));
                assertThat(MllpSocket.code(answer)).isEqualTo("AA");
            }
        } finally {
            for (MllpSocket socket : greedy) {
                socket.close();
            }
            senders.shutdownNow();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            nested arrays;       application/fhir+json; 100000; [;  ;  ]
            nested objects;      application/fhir+json; 100000; {"a":; 1; }
            nested elements;     application/fhir+xml;  100000; <a>;  ; </a>
            """)
    void a_bomb_at_the_fhir_endpoint(String what, String type, int depth, String open, String middle, String close)
            throws Exception {
        HttpResponse<String> answer =
                post(type, open.repeat(depth) + (middle == null ? "" : middle) + close.repeat(depth));

        assertThat(answer.statusCode()).as(what).isBetween(400, 499);
        assertThat(answer.body()).contains("OperationOutcome").contains("TM-");
    }

    @Test
    void an_entity_bomb_at_the_fhir_endpoint() throws Exception {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        bomb.append("]><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&a11;\"/></Patient>");

        HttpResponse<String> answer = post("application/fhir+xml", bomb.toString());

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.body()).contains("OperationOutcome");
    }

    @Test
    void a_body_of_fifty_megabytes_at_the_fhir_endpoint() throws Exception {
        HttpResponse<String> answer = post("application/fhir+json", " ".repeat(5 * TEN_MEGABYTES));

        assertThat(answer.statusCode()).isBetween(400, 499);
    }

    private static HttpResponse<String> post(String type, String body) throws Exception {
        String login = "sender:" + platform.client().password("sender");
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + platform.ports().http() + "/fhir/Patient"))
                        .header("Content-Type", type)
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] admission(String controlId) {
        return String.join(
                        "\r",
                        "MSH|^~\\&|HIS|NEIGHBOUR|TONGMAI|CITY|20261120081500||ADT^A01|" + controlId + "|P|2.5.1",
                        "EVN|A01|20261120081500",
                        "PID|1||N000001^^^NEIGHBOUR^MR||Test^Neighbour||19800101|M",
                        "PV1|1|I|W1^101^7^NEIGHBOUR||||||||||||||||V8000001^^^NEIGHBOUR",
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
