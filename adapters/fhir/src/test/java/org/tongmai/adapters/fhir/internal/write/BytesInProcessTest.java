package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.error.CodedException;

class BytesInProcessTest {
    private static final int MEGABYTE = 1 << 20;

    private final BytesInProcess room = new BytesInProcess(new FhirSettings.Writing(
            3 * MEGABYTE, 8 * MEGABYTE, 8, 10, 10, 10, Duration.ZERO, FhirSettings.Judging.NOTHING));

    @Test
    void what_was_announced_and_did_not_come_takes_no_room() {
        room.take("slow");
        room.take("slow");
        assertThatCode(() -> room.take("quick").more(3 * MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void one_account_leaves_room_and_places_to_the_others() {
        BytesInProcess.Room held = room.take("busy");
        held.more(6 * MEGABYTE);
        assertRefused(() -> held.more(1));
        assertThatCode(() -> room.take("other").more(2 * MEGABYTE)).doesNotThrowAnyException();
        for (int i = 1; i < 6; i++) {
            room.take("busy");
        }
        assertRefused(() -> room.take("busy"));
        assertThatCode(() -> room.take("other")).doesNotThrowAnyException();
        assertRefused(() -> room.take("a third"));
    }

    @Test
    void what_is_answered_gives_its_room_back() {
        for (int i = 0; i < 20; i++) {
            try (BytesInProcess.Room taken = room.take("one")) {
                taken.more(3 * MEGABYTE);
                taken.more(3 * MEGABYTE);
            }
        }
        assertThatCode(() -> room.take("one").more(6 * MEGABYTE)).doesNotThrowAnyException();
    }

    private static void assertRefused(ThrowingCallable taking) {
        assertThatThrownBy(taking).isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                .isEqualTo(FhirError.NOT_TAKEN_NOW));
    }
}
