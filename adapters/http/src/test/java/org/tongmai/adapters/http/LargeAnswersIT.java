package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.adapters.http.LargeListener.content;
import static org.tongmai.adapters.http.LargeListener.head;
import static org.tongmai.adapters.http.LargeListener.heard;
import static org.tongmai.adapters.http.LargeListener.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are too large for memory, of services and for callers that are played byte by byte. */
class LargeAnswersIT {
    @TempDir
    static Path directory;

    private static LargeListener listener;

    @BeforeAll
    static void listen() throws Exception {
        listener = new LargeListener(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        listener.close();
    }

    @AfterEach
    void nothing_is_left() {
        listener.awaitNothingLeft();
    }

    @Test
    void a_large_content_reaches_the_service_as_it_came_and_its_large_answer_the_caller() throws Exception {
        byte[] content = content(2_000_000);
        CompletableFuture<byte[]> served = listener.serve((in, out) -> {
            byte[] got = in.readNBytes(content.length);
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(content(3_000_000));
            return got;
        });
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(content.length).replace("/large", "/large/sent")).write(text(content));
            byte[] heard = heard(raw).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(served.get()).isEqualTo(content);
            byte[] answer = new byte[3_000_000];
            System.arraycopy(heard, heard.length - answer.length, answer, 0, answer.length);
            assertThat(answer).isEqualTo(content(3_000_000));
        }
    }

    @Test
    void a_service_that_leaves_while_it_is_sent_a_large_content_was_not_called() throws Exception {
        listener.serve((in, out) -> in.readNBytes(100_000));
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(4_900_000).replace("/large", "/large/sent")).write(text(content(4_900_000)));
            assertThat(heard(raw)).contains("502").contains("TM-HTTP-0013");
        }
    }

    @Test
    void a_service_that_answers_before_it_has_read_all_is_heard() throws Exception {
        listener.serve((in, out) -> {
            out.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno".getBytes(StandardCharsets.ISO_8859_1));
            in.transferTo(OutputStream.nullOutputStream());
            return null;
        });
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(4_900_000).replace("/large", "/large/sent")).write(text(content(4_900_000)));
            assertThat(heard(raw)).contains("403 Forbidden").endsWith("no");
        }
    }

    @Test
    void a_service_that_says_it_is_done_before_it_has_read_all_is_sent_the_rest() throws Exception {
        byte[] content = content(4_900_000);
        CompletableFuture<byte[]> served = listener.serve((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1));
            return in.readNBytes(content.length);
        });
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(content.length).replace("/large", "/large/sent")).write(text(content));
            assertThat(heard(raw)).contains("200 OK").endsWith("ok");
        }
        assertThat(served.get()).isEqualTo(content);
    }

    @Test
    void an_answer_that_breaks_off_or_is_too_large_is_none_and_leaves_nothing() throws Exception {
        listener.serve((in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(content(1_000_000));
            return null;
        });
        assertThat(answered("GET /sent HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("502")
                .contains("TM-HTTP-0013");
        listener.serve((in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(("1e8480\r\n" + text(content(1_000_000))).getBytes(StandardCharsets.ISO_8859_1));
            return null;
        });
        assertThat(answered("GET /sent HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("502")
                .contains("TM-HTTP-0013");
        listener.serve((in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: 6000000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(content(6_000_000));
            return null;
        });
        assertThat(answered("GET /sent HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("502")
                .contains("TM-HTTP-0014");
    }

    @Test
    void a_service_that_stops_in_the_middle_of_its_answer_has_the_time_of_a_call_and_no_more() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        listener.serve((in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(content(1_000_000));
            over.join();
            return null;
        });
        assertThat(answered("GET /sent HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("504")
                .contains("TM-HTTP-0012");
        over.complete(null);
    }

    @Test
    void who_does_not_read_a_large_answer_or_leaves_in_the_middle_of_it_leaves_nothing() throws Exception {
        for (boolean leaves : new boolean[] {true, false}) {
            listener.serve((in, out) -> {
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: 4900000\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(content(4_900_000));
                return null;
            });
            try (Socket caller = new Socket()) {
                caller.setReceiveBufferSize(10_000);
                caller.connect(new InetSocketAddress("127.0.0.1", listener.port));
                caller.getOutputStream()
                        .write("GET /sent HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                assertThat(caller.getInputStream().readNBytes(1_000)).hasSize(1_000);
                if (leaves) {
                    caller.close();
                }
                await().until(() -> listener.spool.used() == 0); // the silent one is closed after idleTimeout
                if (!leaves) {
                    assertThat(read(caller.getInputStream())).isLessThan(4_900_000);
                }
            }
        }
    }

    /** How much still comes. */
    private static long read(InputStream in) {
        long count = 0;
        try {
            for (int some = 0; some >= 0; some = in.read(new byte[10_000])) {
                count += some;
            }
        } catch (IOException reset) {
            return count;
        }
        return count;
    }

    private static String answered(String request) throws IOException {
        try (RawConnection raw = new RawConnection(listener.port)) {
            return raw.write(request).hear(4_000).text();
        }
    }
}
