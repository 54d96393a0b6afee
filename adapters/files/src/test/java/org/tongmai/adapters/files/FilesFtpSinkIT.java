package org.tongmai.adapters.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ExchangeNames;

class FilesFtpSinkIT {
    private static final byte[] CONTENT = "message_number,patient_id\n1,𠮷\n".getBytes(StandardCharsets.UTF_8);

    private static final int MORE_THAN_BUFFERS = 64 * 1024 * 1024;

    @TempDir
    private static Path keys;

    private static FtpKeys ours;
    private static FtpKeys another;

    @TempDir
    Path home;

    private FtpTwin server;
    private DefaultCamelContext camel;
    private ProducerTemplate producer;

    @BeforeAll
    static void makeKeys() throws Exception {
        ours = FtpKeys.make(keys, "ours", "ip:127.0.0.1");
        another = FtpKeys.make(keys, "another", "dns:elsewhere.example");
    }

    @BeforeEach
    void start() throws Exception {
        server = FtpTwin.start(home, ours);
        camel = new DefaultCamelContext();
        camel.addComponent("kamelet", new KameletComponent());
        camel.getRegistry().bind("clearFtpHosts", Set.of("trusted.invalid", "old.invalid"));
        camel.start();
        producer = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
        server.close();
    }

    @Test
    void password_and_file_go_encrypted_and_the_file_is_whole_before_it_has_its_name() throws IOException {
        send(sink(), "a-1.csv", CONTENT);

        assertThat(Files.readAllBytes(home.resolve("in/coming/a-1.csv"))).isEqualTo(CONTENT);
        assertThat(files()).containsExactly("a-1.csv");
        assertThat(server.commands()).contains("AUTH TLS", "PROT P, encrypted", "PASS, encrypted");
        assertThat(server.commands()).doesNotContain("PASS", "STOR a-1.csv.part");
        assertThat(server.commands())
                .containsSubsequence(
                        "STOR a-1.csv.part, encrypted", "RNFR a-1.csv.part, encrypted", "RNTO a-1.csv, encrypted");
    }

    @Test
    void in_clear_it_goes_to_this_machine_where_that_is_said_and_elsewhere_only_as_the_operator_lets_it()
            throws IOException {
        send(sink() + "&tls=none", "a-1.csv", CONTENT);
        assertThat(files()).containsExactly("a-1.csv");
        assertThat(server.commands()).contains("PASS", "STOR a-1.csv.part").doesNotContain("AUTH TLS");

        String elsewhere = sink().replace("host=127.0.0.1", "host=ftp.example") + "&tls=none";
        assertThatThrownBy(() -> send(elsewhere, "a-2.csv", CONTENT)).hasStackTraceContaining("TM-FILES-0009");
        String allowed = sink().replace("host=127.0.0.1", "host=old.invalid") + "&tls=none";
        assertThat(failure(allowed, "a-2.csv").code()).isEqualTo(FilesError.UNREACHABLE); // it is tried
    }

    @Test
    void a_repeated_batch_replaces_its_file_on_one_connection() throws IOException {
        String uri = sink();
        send(uri, "a-1.csv", CONTENT);
        Files.writeString(
                home.resolve("in/coming/a-1.csv.part"), "left over from a crash, and longer than the new one ...");
        send(uri, "a-1.csv", "x".getBytes(StandardCharsets.UTF_8));
        send(uri, "虚构.csv", CONTENT);

        assertThat(home.resolve("in/coming/a-1.csv")).hasContent("x");
        assertThat(files()).containsExactly("a-1.csv", "虚构.csv");
        assertThat(server.commands().stream().filter("PASS, encrypted"::equals)).hasSize(1);
    }

    @Test
    void a_transfer_that_breaks_off_leaves_no_file_under_its_name_and_the_next_arrives() throws IOException {
        server.breaksOff();
        assertThat(failure(sink(), "a-1.csv").code()).isIn(FilesError.BROKEN_OFF, FilesError.UNREACHABLE);
        assertThat(files()).doesNotContain("a-1.csv");

        server.isWell();
        send(sink(), "a-1.csv", CONTENT);
        assertThat(files()).containsExactly("a-1.csv");
    }

    @Test
    void what_the_server_refuses_is_named_by_its_code_and_not_by_its_words() {
        Map.of(
                        "PASS 530", FilesError.LOGIN_REFUSED,
                        "STOR 552", FilesError.NO_ROOM,
                        "STOR 550", FilesError.WRITE_REFUSED,
                        "STOR 426", FilesError.BROKEN_OFF,
                        "RNTO 553", FilesError.WRITE_REFUSED,
                        "STOR 421", FilesError.UNREACHABLE,
                        "AUTH 502", FilesError.NOT_ENCRYPTED,
                        "PROT 536", FilesError.NOT_ENCRYPTED)
                .forEach((refusal, error) -> {
                    server.refuses(refusal.substring(0, 4), refusal.substring(5));
                    CodedException failure = failure(sink(), "a.csv");
                    assertThat(failure.code()).as(refusal).isEqualTo(error);
                    assertThat(failure.getMessage()).doesNotContain("somebody");
                    server.isWell();
                });
        assertThat(failure(sink().replace("s3cret", "wrong"), "a.csv").code()).isEqualTo(FilesError.LOGIN_REFUSED);
    }

    @Test
    void what_a_file_replaces_stays_where_the_server_refuses_the_new_one() throws IOException {
        send(sink(), "a-1.csv", CONTENT);
        for (String refusal : List.of("RNTO 553", "RNFR 550", "STOR 552")) {
            server.refuses(refusal.substring(0, 4), refusal.substring(5));
            assertThat(failure(sink(), "a-1.csv").issues()).as(refusal).isNotEmpty();
            server.isWell();
            assertThat(home.resolve("in/coming/a-1.csv")).as(refusal).hasBinaryContent(CONTENT);
            assertThat(files()).as("and nothing is left of it, %s", refusal).containsExactly("a-1.csv");
        }
    }

    @Test
    void what_a_call_that_broke_off_put_aside_is_deleted_only_where_the_file_itself_is_there() throws IOException {
        send(sink(), "a-1.csv", CONTENT);
        Path earlier = home.resolve("in/coming/a-1.csv.earlier");
        Files.move(home.resolve("in/coming/a-1.csv"), earlier); // and then the connection was lost
        server.refuses("RNTO", "553"); // whatever the reason: not that there is a file of that name
        assertThat(failure(sink(), "a-1.csv").code()).isEqualTo(FilesError.WRITE_REFUSED);
        assertThat(earlier).as("the only copy").hasBinaryContent(CONTENT);
        assertThat(files()).containsExactly("a-1.csv.earlier");

        server.isWell();
        send(sink(), "a-1.csv", "x".getBytes(StandardCharsets.UTF_8));
        send(sink(), "a-1.csv", "y".getBytes(StandardCharsets.UTF_8));
        assertThat(home.resolve("in/coming/a-1.csv")).hasContent("y");
        assertThat(files()).containsExactly("a-1.csv");
    }

    @Test
    void a_server_that_may_be_silent_for_no_time_is_refused_at_the_start_and_not_at_each_call() {
        for (String milliseconds : List.of("0", "-1")) {
            String uri = sink().replace("socketTimeout=5000", "socketTimeout=" + milliseconds);
            assertThatThrownBy(() -> send(uri, "a.csv", CONTENT))
                    .as(milliseconds)
                    .hasStackTraceContaining("TM-FILES-0011")
                    .hasStackTraceContaining("found " + milliseconds);
        }
        assertThat(server.commands()).isEmpty();
    }

    @Test
    void what_a_lost_connection_left_goes_with_the_next_file() throws IOException {
        String uri = sink();
        server.breaksOff();
        failure(uri, "a-1.csv");
        assertThat(files()).containsExactly("a-1.csv.part");
        server.isWell();
        send(uri, "a-2.csv", CONTENT);
        assertThat(files()).containsExactly("a-2.csv");
    }

    @Test
    @Timeout(60)
    void a_server_that_does_not_read_keeps_nobody_longer_than_it_may_be_silent() throws Exception {
        try (StuckFtpServer stuck = new StuckFtpServer(StuckFtpServer.Then.DOES_NOT_READ)) {
            CodedException failure = failure(uri(stuck, 3_000), "a.csv", new byte[MORE_THAN_BUFFERS]);
            assertThat(failure.code()).isEqualTo(FilesError.BROKEN_OFF);
        }
    }

    @Test
    @Timeout(60)
    void a_server_whose_reply_never_ends_keeps_a_call_no_longer_than_its_time() throws Exception {
        try (StuckFtpServer stuck = new StuckFtpServer(StuckFtpServer.Then.DRIPS)) {
            Exchange ended = producer.request(uri(stuck, 55_000), exchange -> {
                exchange.setProperty(ExchangeNames.TIME_LIMIT, 1_000L);
                exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.csv");
                exchange.getMessage().setBody(CONTENT);
            });
            assertThat(ended.getException()).isInstanceOf(CodedException.class);
        }
    }

    @Test
    @Timeout(60)
    void a_stop_waits_for_no_server() throws Exception {
        camel.getShutdownStrategy().setTimeout(1);
        try (StuckFtpServer stuck = new StuckFtpServer(StuckFtpServer.Then.DOES_NOT_READ)) {
            CompletableFuture<CodedException> sent = CompletableFuture.supplyAsync(
                    () -> failure(uri(stuck, 300_000), "a.csv", new byte[MORE_THAN_BUFFERS]));
            assertThat(stuck.asked.await(30, TimeUnit.SECONDS)).isTrue();
            camel.stop();
            assertThat(sent.get().code()).isEqualTo(FilesError.BROKEN_OFF);
        }
    }

    @Test
    void nothing_is_said_to_a_server_whose_certificate_is_another_s_or_not_trusted() throws Exception {
        CodedException stranger = failure(
                sink().replace(ours.trusting().toString(), another.trusting().toString()), "a.csv");
        assertThat(stranger.code()).isEqualTo(FilesError.HOST_KEY_NOT_TRUSTED);
        assertThat(failure(sink().replaceFirst("&tlsTrustStore=[^&]*", ""), "a.csv")
                        .code())
                .as("trusted by nobody Java trusts")
                .isEqualTo(FilesError.HOST_KEY_NOT_TRUSTED);
        assertThat(server.commands()).containsOnly("AUTH TLS");

        try (FtpTwin elsewhere = FtpTwin.start(home, another)) {
            String uri = sink().replace("port=" + server.port(), "port=" + elsewhere.port())
                    .replace(ours.trusting().toString(), another.trusting().toString());
            assertThat(failure(uri, "a.csv").code()).as("of another name").isEqualTo(FilesError.HOST_KEY_NOT_TRUSTED);
            assertThat(elsewhere.commands()).containsOnly("AUTH TLS");
        }
    }

    @Test
    void a_file_goes_only_to_where_the_certificate_of_the_login_is_shown() throws Exception {
        try (FtpTwin redirected = FtpTwin.start(home, ours, another)) {
            String uri = sink().replace("port=" + server.port(), "port=" + redirected.port())
                    .replace(
                            ours.trusting().toString(),
                            ours.trustingToo(another).toString());
            assertThat(failure(uri, "a.csv").code()).isEqualTo(FilesError.HOST_KEY_NOT_TRUSTED);
            assertThat(redirected.commands()).contains("STOR a.csv.part, encrypted");
        }
        assertThat(files()).doesNotContain("a.csv");
        Path part = home.resolve("in/coming/a.csv.part");
        assertThat(Files.exists(part) ? Files.size(part) : 0).isZero();
    }

    @Test
    void a_server_that_is_away_is_retryable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        CodedException failure = failure(sink().replace("port=" + server.port(), "port=" + free), "a.csv");
        assertThat(failure.code()).isEqualTo(FilesError.UNREACHABLE);
        assertThat(failure.retryable()).isTrue();
    }

    private String sink() {
        return "kamelet:files-ftp-sink?host=127.0.0.1&port=" + server.port() + "&username=" + FtpTwin.USER
                + "&password=RAW(" + FtpTwin.PASSWORD + ")&directory=in/coming&socketTimeout=5000&tlsTrustStore="
                + ours.trusting();
    }

    private void send(String uri, String name, Object body) {
        producer.sendBodyAndHeaders(uri, body, Map.of(Exchange.FILE_NAME, name));
    }

    private static String uri(StuckFtpServer stuck, int socketTimeout) {
        return "kamelet:files-ftp-sink?host=127.0.0.1&port=" + stuck.port()
                + "&tls=none&username=a&password=b&directory=in&socketTimeout=" + socketTimeout;
    }

    private CodedException failure(String uri, String name) {
        return failure(uri, name, CONTENT);
    }

    private CodedException failure(String uri, String name, byte[] content) {
        CamelExecutionException failed =
                catchThrowableOfType(CamelExecutionException.class, () -> send(uri, name, content));
        assertThat(failed).isNotNull();
        assertThat(failed.getCause()).isInstanceOf(CodedException.class);
        return (CodedException) failed.getCause();
    }

    private List<String> files() throws IOException {
        Path incoming = home.resolve("in/coming");
        if (!Files.exists(incoming)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(incoming)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
