package org.tongmai.routes.engine.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.journal.JournalService.Incoming;
import org.tongmai.routes.engine.journal.JournalSettings;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

class IntakeTest {
    @Test
    void a_failure_of_the_machine_in_a_route_reaches_who_ends_the_process() throws Exception {
        InFlight full = new InFlight(0, 0);
        full.room(1);
        Intake intake = new Intake(null, new Intake.Under(full, null, null), JournalSettings.defaults(), null);
        AtomicReference<Throwable> last = new AtomicReference<>();
        OutOfMemoryError failure = new OutOfMemoryError("scripted");
        Thread worker = new Thread(() -> intake.accept(new Arrival(incoming()), (acceptance, refused) -> {
            throw failure;
        }));
        worker.setUncaughtExceptionHandler((thread, thrown) -> last.set(thrown));

        worker.start();
        worker.join();

        assertThat(last.get()).isSameAs(failure);
    }

    private static Incoming incoming() {
        MessageKeys keys = new MessageKeys("A", "B", "1", "ADT^A01", "2.5", "", "", "", List.of());
        ReceivedMessage message =
                new ReceivedMessage("hl7v2:message", new byte[1], StandardCharsets.UTF_8, "x", keys, "", Instant.EPOCH);
        return new Incoming(message, "feed", AcknowledgeWhen.PROCESSED, List.of(), List.of(), 0);
    }
}
