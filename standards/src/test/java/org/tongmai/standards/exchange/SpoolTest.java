package org.tongmai.standards.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.error.CodedException;

class SpoolTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    Path directory;

    @Test
    void what_is_put_in_is_read_from_anywhere_and_again() {
        Spool spool = spool(100);
        try (SpooledContent content = spool.ofAnswer().begin()) {
            content.append(bytes("one "));
            content.append(bytes("two"));

            assertThat(content.length()).isEqualTo(7);
            assertThat(content.isHeld()).isFalse();
            assertThat(content.read(0, 100)).isEqualTo(bytes("one two"));
            assertThat(content.read(2, 3)).isEqualTo(bytes("e t"));
            assertThat(content.read(7, 3)).isEmpty();
            refused(content::bytes, ExchangeError.TOO_LARGE_TO_READ);
        }
        awaitEmpty(spool);
    }

    @Test
    void all_together_have_a_room_that_is_free_when_they_are_closed() {
        Spool spool = spool(10);
        SpooledContent first = spool.ofAnswer().begin();
        SpooledContent second = spool.ofAnswer().begin();
        first.append(new byte[6]);
        second.append(new byte[4]);
        refused(() -> second.append(new byte[1]), ExchangeError.NO_DISK_ROOM);

        first.close();
        first.close();
        second.close();
        awaitEmpty(spool);

        refused(() -> first.read(0, 1), ExchangeError.NOT_READ);
        refused(() -> first.append(new byte[1]), ExchangeError.NOT_READ);
        assertThat(spool.used()).isZero();
    }

    @Test
    void one_sender_has_a_quarter_all_senders_three_quarters_and_answers_the_rest() {
        Spool spool = spool(80);
        SpoolRoom first = spool.ofSender("10.0.0.1", 15);
        SpooledContent second = spool.ofSender("10.0.0.1", 0).begin();
        second.append(new byte[5]);
        refused(() -> second.append(new byte[1]), ExchangeError.NO_DISK_ROOM);
        refused(() -> spool.ofSender("10.0.0.1", 1), ExchangeError.NO_DISK_ROOM);
        refused(() -> spool.ofSender("::ffff:10.0.0.1", 1), ExchangeError.NO_DISK_ROOM);

        SpoolRoom network = spool.ofSender("2001:db8::1", 20);
        refused(() -> spool.ofSender("2001:db8::2", 1), ExchangeError.NO_DISK_ROOM);
        SpoolRoom third = spool.ofSender("2001:db8:1::1", 20);
        refused(() -> spool.ofSender("10.0.0.3", 1), ExchangeError.NO_DISK_ROOM);
        try (SpooledContent answer = spool.ofAnswer().begin()) {
            answer.append(new byte[20]);
            refused(() -> answer.append(new byte[1]), ExchangeError.NO_DISK_ROOM);
        }

        first.close();
        first.close();
        spool.ofSender("10.0.0.1", 15).close();
        second.close();
        network.close();
        third.close();
        awaitEmpty(spool);
        spool.ofSender("10.0.0.1", 20).close();
    }

    @Test
    void more_bytes_than_can_be_counted_have_no_room() {
        Spool spool = spool(Long.MAX_VALUE);
        spool.ofAnswer().reach(Long.MAX_VALUE - 1);
        refused(() -> spool.ofSender("10.0.0.1", Long.MAX_VALUE), ExchangeError.NO_DISK_ROOM);
    }

    @Test
    void what_others_need_of_the_disk_is_left_free() {
        Spool spool = new Spool(directory, new Spool.Bounds(1, 100, Long.MAX_VALUE));
        try (SpooledContent content = spool.ofAnswer().begin()) {
            refused(() -> content.append(new byte[1]), ExchangeError.NO_DISK_ROOM);
        }
        awaitEmpty(spool);
    }

    @Test
    void where_there_is_no_disk_the_start_goes_on_and_nothing_has_room() {
        Spool spool = new Spool(directory.resolve("absent"), new Spool.Bounds(1, 100, 0));
        refused(() -> spool.ofSender("10.0.0.1", 10).begin(), ExchangeError.NO_DISK_ROOM);
        assertThat(spool.used()).isZero();
    }

    private Spool spool(long room) {
        return new Spool(directory, new Spool.Bounds(1, room, 0));
    }

    @Test
    void a_file_has_no_name_and_is_its_owner_s_alone() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "skipped: no /proc here");
        try (SpooledContent content = spool(100).ofAnswer().begin()) {
            content.append(bytes("of a patient"));

            assertThat(directory).isEmptyDirectory();
            try (Stream<Path> open = Files.list(OPEN_FILES)) {
                assertThat(open.filter(this::isOurs).map(SpoolTest::permissions))
                        .containsExactly("rw-------");
            }
        }
    }

    private boolean isOurs(Path open) {
        try {
            return Files.readSymbolicLink(open).startsWith(directory.toRealPath());
        } catch (IOException e) {
            return false; // the list itself, which is closed by now
        }
    }

    private static String permissions(Path open) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(open));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEmpty(Spool spool) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            while (spool.used() > 0) {
                Thread.onSpinWait();
            }
        });
    }

    private static void refused(ThrowingCallable what, ExchangeError code) {
        assertThatThrownBy(what).isInstanceOfSatisfying(CodedException.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
