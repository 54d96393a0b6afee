package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends slowly, on a server that has six threads; who sends is an address of this machine. */
class BodiesUnderWayIT {
    private static final Tomcat TOMCAT = new Tomcat();
    private static final int OF_SENDER = 2;
    private static final int OF_ALL = 4;
    private static final int THREADS = 6;

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        TOMCAT.setBaseDir(folder.toString());
        TOMCAT.setPort(0);
        TOMCAT.getConnector().setProperty("maxThreads", Integer.toString(THREADS));
        TOMCAT.getConnector().setProperty("minSpareThreads", "1");
        TOMCAT.getConnector().setProperty("maxSwallowSize", "67108864");
        TOMCAT.getEngine()
                .getPipeline()
                .addValve(new BodiesUnderWay(new BodiesUnderWay.Limits(
                        OF_SENDER, OF_ALL, new BodyInTime.Pace(Duration.ofSeconds(2), 1024))));
        Context context = TOMCAT.addContext("", null);
        Tomcat.addServlet(context, "length", new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("well");
            }

            @Override
            protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                if (request.getRequestURI().equals("/unread")) {
                    response.setStatus(401);
                } else {
                    response.getWriter()
                            .print("took " + request.getInputStream().readAllBytes().length);
                }
            }
        });
        context.addServletMappingDecoded("/", "length");
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        TOMCAT.stop();
        TOMCAT.destroy();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        await().until(() -> answer("127.0.0.4", post("/", 1, "x")).contains("took 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/unread"})
    void who_has_many_bodies_under_way_is_refused_and_takes_no_thread_from_others(String path) throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 3 * THREADS; i++) {
            slow.add(sent("127.0.0.1", post(path, 100_000, "x")));
        }
        assertThat(answer("127.0.0.2", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .endsWith("well");
        assertThat(answer("127.0.0.2", post("/", 3, "abc"))).endsWith("took 3");
        // Only then do those that were taken end.
        assertThat(slow.stream().map(BodiesUnderWayIT::heard).filter(each -> each.contains("TM-CONSOLE-0057")))
                .hasSizeGreaterThanOrEqualTo(2 * THREADS);
    }

    @Test
    void of_all_together_no_more_is_waited_for_than_leaves_threads_for_who_brings_no_body() throws IOException {
        for (int i = 0; i < 3 * THREADS; i++) {
            sent("127.0.1." + (1 + i), post("/", 100_000, "x"));
        }
        assertThat(answer("127.0.0.2", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .endsWith("well");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/unread"})
    void a_body_that_comes_byte_by_byte_ends_and_its_place_is_had_again(String path) throws IOException {
        Socket slow = sent("127.0.0.1", post(path, 100_000, "x"));
        slow.setSoTimeout(50);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        await().atMost(Duration.ofSeconds(15)).until(() -> isClosed(slow, heard));
        assertThat(heard.toString(StandardCharsets.UTF_8)).doesNotContain("took");
        for (int i = 0; i < 3 * OF_ALL; i++) {
            assertThat(answer("127.0.0.1", post("/", 3, "abc"))).endsWith("took 3");
        }
    }

    @Test
    void of_two_requests_on_one_connection_each_has_its_own_time_and_place() throws IOException {
        String first = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab";
        String chunks = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        assertThat(answer("127.0.0.1", first.repeat(2 * OF_ALL) + chunks + post("/", 4, "abcd")))
                .containsSubsequence("took 2", "took 2", "took 3", "took 4");
    }

    @Test
    void who_is_refused_with_the_body_unread_reads_why() throws IOException {
        assertThat(answer("127.0.0.1", post("/unread", 1_000_000, "x".repeat(1_000_000))))
                .startsWith("HTTP/1.1 401");
    }

    /** A byte more, and whatever was answered. */
    private static boolean isClosed(Socket socket, ByteArrayOutputStream heard) {
        try {
            socket.getOutputStream().write('x');
            int one = socket.getInputStream().read();
            if (one >= 0) {
                heard.write(one);
            }
            return one < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static String post(String path, int length, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n"
                + body;
    }

    private Socket sent(String from, String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", TOMCAT.getConnector().getLocalPort(), InetAddress.getByName(from), 0);
        open.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String from, String request) throws IOException {
        Socket socket = sent(from, request);
        socket.setSoTimeout(10_000);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String heard(Socket socket) {
        try {
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException reset) {
            return "";
        }
    }
}
