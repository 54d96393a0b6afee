package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.standards.exchange.TrustedProxies;

/** What stands behind it sees of who calls; the proxies are addresses of this machine. */
class ForwardedCallerIT {
    private static final Tomcat TOMCAT = new Tomcat();

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        TOMCAT.setBaseDir(folder.toString());
        TOMCAT.setPort(0);
        TOMCAT.getConnector();
        TOMCAT.getEngine()
                .getPipeline()
                .addValve(new ForwardedCaller(TrustedProxies.of(List.of("127.0.0.9", "127.0.1.0/24", "fd00:1::/32"))));
        Context context = TOMCAT.addContext("", null);
        Tomcat.addServlet(context, "said", new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("|" + request.getRemoteAddr() + " " + request.getRequestURL());
            }
        });
        context.addServletMappingDecoded("/", "said");
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        TOMCAT.stop();
        TOMCAT.destroy();
    }

    /** Fields are parted by a vertical bar. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "127.0.0.9; 203.0.113.9; 203.0.113.9",
                "127.0.0.9; 198.51.100.7, 203.0.113.9, 127.0.1.3, fd00:1::2; 203.0.113.9",
                "127.0.0.9; 198.51.100.7|203.0.113.9; 203.0.113.9",
                "127.0.0.9; fd00:2::7; fd00:2:0:0:0:0:0:7",
                "127.0.0.1; 203.0.113.9; 127.0.0.1",
                "127.0.0.1; no address; 127.0.0.1"
            })
    void a_request_comes_from_whom_a_trusted_proxy_calls_for_and_of_nobody_else_is_that_believed(
            String peer, String fields, String caller) throws IOException {
        assertThat(answer(peer, "X-Forwarded-For: " + fields.replace("|", "\r\nX-Forwarded-For: ")))
                .startsWith("HTTP/1.1 200")
                .contains("|" + caller + " ");
    }

    @Test
    void what_a_trusted_proxy_says_that_is_no_address_is_refused() throws IOException {
        assertThat(answer("127.0.0.9", "X-Forwarded-For: 203.0.113.9:4711"))
                .startsWith("HTTP/1.1 400")
                .contains("TM-CONSOLE-0018");
    }

    @Test
    void that_it_came_by_https_only_a_trusted_proxy_can_say() throws IOException {
        assertThat(answer("127.0.0.9", "X-Forwarded-Proto: https")).contains(" https://x/");
        assertThat(answer("127.0.0.9", "X-Forwarded-Proto: http")).contains(" http://x/");
        assertThat(answer("127.0.0.1", "X-Forwarded-Proto: https")).contains(" http://x/");
    }

    @Test
    void of_two_requests_on_one_connection_neither_is_taken_for_one_of_the_caller_of_the_other() throws IOException {
        assertThat(answer(
                        "127.0.0.9",
                        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\nGET / HTTP/1.1\r\nHost: x"))
                .containsSubsequence("|203.0.113.9 https://x/", "|127.0.0.9 http://x/");
    }

    private static String answer(String peer, String fields) throws IOException {
        int port = TOMCAT.getConnector().getLocalPort();
        try (Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(peer), 0)) {
            String request = "GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
