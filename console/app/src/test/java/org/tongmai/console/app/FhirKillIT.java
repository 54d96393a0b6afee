package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise, for FHIR: a request is stored whole or not at all, never lost once answered, never there twice. */
class FhirKillIT {
    private static final int SENDERS = 6;
    private static final int ANSWERED_BEFORE_THE_KILL = 150;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void transactions_survive_a_kill_whole_or_not_at_all_and_a_repeat_completes_them() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = new PlatformProcess(data, PlatformPorts.free(), "-Xmx1g")) {
            platform.start();
            Map<String, JsonNode> answered = new ConcurrentHashMap<>();
            List<String> sent = sendUntilKilled(platform, answered);
            platform.start();
            FhirSender fhir = new FhirSender(platform.client());
            int stored = 0;
            for (String number : sent) {
                int journalled = fhir.messages("urn:test|" + number).size();
                assertThat(observations(fhir, number))
                        .as("whole or not at all: " + number)
                        .isEqualTo(journalled);
                if (answered.containsKey(number)) {
                    assertThat(journalled)
                            .as("answered, so it is there: " + number)
                            .isEqualTo(1);
                }
                stored += journalled;
            }
            assertThat(sent.size()).as("some were under way").isGreaterThan(answered.size());
            assertThat(fhir.stats("stored")).isEqualTo(stored);

            for (String number : sent) {
                HttpResponse<byte[]> again = fhir.post("", FhirSender.transaction(number, "R-" + number));
                assertThat(again.statusCode()).isEqualTo(200);
                JsonNode entries = FhirSender.json(again).path("entry");
                assertThat(entries).isEqualTo(answered.getOrDefault(number, entries));
                assertThat(observations(fhir, number)).isEqualTo(1);
            }
            await("delivered").atMost(LIMIT).until(() -> fhir.stats("delivered") == sent.size());
        }
    }

    private static List<String> sendUntilKilled(PlatformProcess platform, Map<String, JsonNode> answered)
            throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        AtomicInteger numbers = new AtomicInteger();
        FhirSender fhir = new FhirSender(platform.client());
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            running.add(senders.submit(() -> {
                while (!killed.get()) {
                    String number = "K" + numbers.incrementAndGet();
                    try {
                        HttpResponse<byte[]> answer = fhir.post("", FhirSender.transaction(number, "R-" + number));
                        assertThat(answer.statusCode())
                                .as(FhirSender.text(answer))
                                .isEqualTo(200);
                        answered.put(number, FhirSender.json(answer).path("entry"));
                    } catch (UncheckedIOException cut) {
                        // By the kill, or by the client's patience while the validator of a busy machine is made.
                        continue;
                    }
                }
            }));
        }
        await("answers").atMost(LIMIT).until(() -> answered.size() >= ANSWERED_BEFORE_THE_KILL);
        killed.set(true);
        platform.kill();
        for (Future<?> sender : running) {
            sender.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        senders.shutdown();
        List<String> sent = new ArrayList<>();
        for (int i = 1; i <= numbers.get(); i++) {
            sent.add("K" + i);
        }
        return sent;
    }

    /** The results of the patient that the transaction of this number brings. */
    private static int observations(FhirSender fhir, String number) {
        JsonNode patients = fhir.read("Patient?identifier=R-" + number).path("entry");
        if (patients.isEmpty()) {
            return 0;
        }
        String id = patients.at("/0/resource/id").asText();
        return fhir.read("Observation?patient=" + id).path("entry").size();
    }
}
