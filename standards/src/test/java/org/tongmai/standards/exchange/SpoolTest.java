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
        Spool spool = new Spool(directory, 1, 100);
        try (SpooledContent content = spool.begin()) {
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
        Spool spool = new Spool(directory, 1, 10);
        SpooledContent first = spool.begin();
        SpooledContent second = spool.begin();
        first.append(new byte[6]);
        second.append(new byte[4]);
        refused(() -> second.append(new byte[1]), ExchangeError.NO_DISK_ROOM);
        assertThat(spool.hasRoom(1)).isFalse();

        first.close();
        first.close();
        second.close();
        awaitEmpty(spool);

        refused(() -> first.read(0, 1), ExchangeError.NOT_READ);
        refused(() -> first.append(new byte[1]), ExchangeError.NOT_READ);
        assertThat(spool.used()).isZero();
    }

    @Test
    void a_file_has_no_name_and_is_its_owner_s_alone() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "skipped: no /proc here");
        try (SpooledContent content = new Spool(directory, 1, 100).begin()) {
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
