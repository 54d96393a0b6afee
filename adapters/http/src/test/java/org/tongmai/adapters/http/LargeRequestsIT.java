package org.tongmai.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.adapters.http.LargeListener.ABOVE;
import static org.tongmai.adapters.http.LargeListener.MOST;
import static org.tongmai.adapters.http.LargeListener.content;
import static org.tongmai.adapters.http.LargeListener.head;
import static org.tongmai.adapters.http.LargeListener.heard;
import static org.tongmai.adapters.http.LargeListener.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.Sm3;

/** Requests that are too large for memory, from callers that are played byte by byte. */
class LargeRequestsIT {
    @TempDir
    static Path directory;

    private static LargeListener listener;

    @BeforeAll
    static void listen() throws Exception {
        Files.writeString(directory.resolve("left.content"), "of a process that was killed");
        Files.writeString(directory.resolve("other.txt"), "not ours");
        listener = new LargeListener(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        listener.close();
    }

    @BeforeEach
    void forget() {
        listener.calls.clear();
        listener.held = CompletableFuture.completedFuture(null);
    }

    @AfterEach
    void nothing_is_left() {
        listener.held.complete(null);
        listener.awaitNothingLeft();
    }

    @Test
    void what_another_process_left_is_deleted_and_nothing_else() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactly("other.txt");
        }
    }

    @Test
    void a_content_is_in_a_file_above_the_threshold_and_in_memory_up_to_it() throws IOException {
        for (int length : new int[] {0, 1, ABOVE, ABOVE + 1, MOST}) {
            byte[] content = content(length);
            try (RawConnection raw = new RawConnection(listener.port)) {
                raw.write("POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n")
                        .write(text(content));
                assertThat(heard(raw)).endsWith(Sm3.hex(content) + (length > ABOVE ? " in a file" : " in memory"));
            }
        }
    }

    @Test
    void chunks_become_one_file() throws IOException {
        byte[] content = content(1_000_000);
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < content.length; at += 33_333) {
            String chunk = new String(content, at, Math.min(33_333, content.length - at), StandardCharsets.ISO_8859_1);
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .write(chunks + "0\r\n\r\n");
            assertThat(heard(raw)).endsWith(Sm3.hex(content) + " in a file");
            raw.write("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(heard(raw)).contains("200 OK");
        }
    }

    @Test
    void the_file_has_no_name_that_anybody_could_open() throws IOException {
        listener.held = new CompletableFuture<>();
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(500_000)).write(text(content(500_000)));
            await().until(() -> listener.calls.size() == 1);
            assertThat(listener.spool.used()).isEqualTo(500_000);
            what_another_process_left_is_deleted_and_nothing_else();
            listener.held.complete(null);
            assertThat(heard(raw)).contains("in a file");
        }
    }

    @Test
    void who_may_not_bring_a_large_content_is_refused_as_before() throws IOException {
        byte[] content = content(150_000);
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 150000\r\n\r\n")
                    .write(text(content));
            assertThat(heard(raw)).endsWith(Sm3.hex(content) + " in memory");
        }
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n");
            assertThat(raw.hear(3_000).status()).isEqualTo(413);
        }
    }

    @Test
    void what_is_larger_than_it_may_be_is_refused_before_it_is_read_or_as_soon_as_it_is_seen() throws IOException {
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(MOST + 1).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
            RawConnection.Heard heard = raw.hear(3_000);
            assertThat(heard.status()).isEqualTo(413);
            assertThat(heard.closed()).isTrue();
        }
        try (RawConnection raw = new RawConnection(listener.port)) {
            String megabyte = "f4240\r\n" + text(content(1_000_000)) + "\r\n";
            raw.write("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 5; i++) {
                raw.write(megabyte);
            }
            raw.write("1\r\na\r\n");
            assertThat(raw.hear(3_000).status()).isEqualTo(413);
        }
        assertThat(listener.calls).isEmpty();
    }

    @Test
    void who_stops_in_the_middle_is_cut_off_and_who_goes_on_slowly_but_well_is_not() throws Exception {
        try (RawConnection stopping = new RawConnection(listener.port);
                RawConnection steady = new RawConnection(listener.port)) {
            stopping.write(head(150_000)).write(text(content(120_000)));
            steady.write(head(4_800_000));
            byte[] content = content(4_800_000);
            // Longer than one request may take, but never so long without its megabyte.
            for (int i = 0; i < 4; i++) {
                assertThat(steady.hear(800).text()).isEmpty();
                steady.write(new String(content, i * 1_200_000, 1_200_000, StandardCharsets.ISO_8859_1));
            }
            assertThat(heard(steady)).endsWith(Sm3.hex(content) + " in a file");
            assertThat(stopping.hear(4_000).text()).contains("408").contains("TM-HTTP-0002");
        }
        assertThat(listener.calls).hasSize(1);
    }

    @Test
    void what_the_disk_takes_for_what_was_held_in_memory_is_not_the_time_of_who_sends(@TempDir Path busy)
            throws Exception {
        byte[] content = content(1_200_000);
        try (LargeListener other = new LargeListener(busy, 1_100_000);
                RawConnection raw = new RawConnection(other.port);
                RawConnection idle = new RawConnection(other.port)) {
            synchronized (other.spool) { // nothing can be written now
                raw.write("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(content.length) + "\r\n" + text(content) + "\r\n");
                idle.write("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
                assertThat(idle.hear(4_000).status())
                        .as("the time of a request is over")
                        .isEqualTo(408);
                assertThat(raw.hear(100).text()).isEmpty();
            }
            raw.write("0\r\n\r\n");
            assertThat(heard(raw)).endsWith(Sm3.hex(content) + " in a file");
        }
    }

    @Test
    void who_disappears_in_the_middle_leaves_nothing_and_no_route_sees_it() throws IOException {
        for (String coding : List.of("Content-Length: 3000000", "Transfer-Encoding: chunked")) {
            RawConnection raw = new RawConnection(listener.port);
            raw.write("POST /large HTTP/1.1\r\nHost: x\r\n" + coding + "\r\n\r\n");
            raw.write((coding.startsWith("T") ? "1e8480\r\n" : "") + text(content(1_500_000)));
            await().until(() -> listener.spool.used() > 1_000_000);
            raw.close();
            await().until(() -> listener.spool.used() == 0);
        }
        assertThat(listener.calls).isEmpty();
    }

    @Test
    void who_disappears_while_the_route_has_the_content_leaves_nothing_when_that_is_done() throws IOException {
        listener.held = new CompletableFuture<>();
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(500_000)).write(text(content(500_000)));
            await().until(() -> listener.calls.size() == 1);
        }
        await().during(Duration.ofMillis(300)).until(() -> listener.spool.used() == 500_000);
        listener.held.complete(null);
    }

    @Test
    void a_route_that_fails_leaves_nothing() throws IOException {
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(500_000).replace("/large", "/large/failing")).write(text(content(500_000)));
            assertThat(heard(raw)).contains("500").contains("TM-HTTP-0005");
        }
        assertThat(listener.calls).hasSize(1);
    }

    @Test
    void a_length_that_is_too_short_makes_the_rest_another_request_which_is_none() throws IOException {
        byte[] content = content(300_000);
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(200_000)).write(text(content));
            String heard = raw.hear(3_000).text();
            assertThat(heard).contains(Sm3.hex(Arrays.copyOf(content, 200_000))).contains(" in a file");
            assertThat(heard).contains("TM-HTTP-0004");
        }
        assertThat(listener.calls).hasSize(1);
    }

    @Test
    void without_room_a_content_is_refused_and_the_room_is_there_again_when_the_others_are_done() throws IOException {
        listener.held = new CompletableFuture<>();
        try (RawConnection first = new RawConnection(listener.port);
                RawConnection second = new RawConnection(listener.port)) {
            first.write(head(MOST)).write(text(content(MOST)));
            await().until(() -> listener.calls.size() == 1);
            second.write(head(MOST));
            assertThat(second.hear(3_000).text()).contains("503").contains("TM-HTTP-0003"); // not even read
            try (RawConnection third = new RawConnection(listener.port)) {
                third.write("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4c4b40\r\n")
                        .write(text(content(4_300_000)));
                assertThat(third.hear(3_000).text()).contains("503").contains("TM-HTTP-0003");
            }
            listener.held.complete(null);
            assertThat(heard(first)).contains("in a file");
        }
        await().until(() -> listener.spool.used() == 0);
        try (RawConnection raw = new RawConnection(listener.port)) {
            raw.write(head(MOST)).write(text(content(MOST)));
            assertThat(heard(raw)).contains("in a file");
        }
    }
}
