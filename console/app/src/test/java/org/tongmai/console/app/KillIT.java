package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.console.app.HospitalFeed.Sends;

/** The promise: once AA is sent nothing is lost, nothing happens twice, and each patient's order is kept. */
class KillIT {
    private static final int FEEDS = 8;
    private static final int MESSAGES_A_FEED = 2_500;
    private static final int TOTAL = FEEDS * MESSAGES_A_FEED;
    /** Every fourth feed is of results; a window of 24 then holds six messages of each of four patients. */
    private static final int RESULT_FEEDS = 4;

    private static final int PATIENTS_AT_ONCE = 4;
    private static final int LANES_TO_DOWNSTREAM = 4;
    private static final int KILLS = 5;
    private static final long SEED = Long.getLong("tongmai.test.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @TempDir
    private Path folder;

    @Test
    void twenty_thousand_messages_survive_five_kills_each_once_and_in_order() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = new PlatformProcess(data, PlatformPorts.free(), "-Xmx1g")) {
            platform.start();
            AtomicLong acknowledged = new AtomicLong();
            List<HospitalFeed> feeds = new ArrayList<>();
            ExecutorService hospitals = Executors.newFixedThreadPool(FEEDS);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < FEEDS; i++) {
                HospitalFeed feed = feed(i, platform, acknowledged);
                feeds.add(feed);
                running.add(hospitals.submit(feed));
            }
            killAtRandom(platform, acknowledged);
            for (Future<?> feed : running) {
                feed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            hospitals.shutdown();

            assertThat(feeds).allSatisfy(feed -> assertThat(feed.refused()).isEmpty());
            assertThat(acknowledged.get()).isEqualTo(TOTAL);
            await("delivered")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> platform.client().stats().get("delivered").asLong() >= TOTAL);
            countersSay(platform.client().stats());
            Reckoning reckoning = new Reckoning(platform.client(), data);
            reckoning.agreesWith(feeds);
            // A single that was under way when the plug was pulled may be sent once more: one a lane and kill.
            assertThat(reckoning.repetitionsDownstream())
                    .as("sent downstream once more")
                    .isLessThanOrEqualTo(KILLS * LANES_TO_DOWNSTREAM);
            assertThat(patientsWithAllVersions(platform.client(), feeds.get(0))).isPositive();
        }
    }

    private static HospitalFeed feed(int number, PlatformProcess platform, AtomicLong acknowledged) {
        boolean results = number % RESULT_FEEDS == RESULT_FEEDS - 1;
        Sends sends = results ? Sends.RESULTS : Sends.ADMISSIONS;
        return new HospitalFeed(
                new HospitalFeed.Plan("KILL" + number, sends, MESSAGES_A_FEED, PATIENTS_AT_ONCE),
                results ? platform.ports()::mllpResults : platform.ports()::mllpAdt,
                acknowledged);
    }

    private static void countersSay(JsonNode stats) {
        for (String metric : List.of("received", "accepted", "stored", "delivered")) {
            assertThat(stats.get(metric).asLong()).as(metric).isEqualTo(TOTAL);
        }
        for (String metric : List.of("refused", "parked", "processing")) {
            assertThat(stats.get(metric).asLong()).as(metric).isZero();
        }
    }

    /** Every other time the plug is pulled: PostgreSQL dies with the platform, in the middle of its writing. */
    private static void killAtRandom(PlatformProcess platform, AtomicLong acknowledged) {
        Random random = new Random(SEED);
        for (int kill = 1; kill <= KILLS; kill++) {
            long next = (long) TOTAL * kill / (KILLS + 1) - random.nextInt(1_000);
            await("acknowledgement " + next + " (seed " + SEED + ")")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() >= next);
            if (kill % 2 == 0) {
                platform.postgreSql().orElseThrow().destroyForcibly();
            }
            platform.kill();
            platform.start();
        }
    }

    /**
     * Every message of the feed moved its patient to an address that has its number, so the versions of a patient tell in
     * which order the journal processed them. Answers how many patients were looked at.
     */
    private static int patientsWithAllVersions(PlatformClient client, HospitalFeed feed) {
        Map<String, List<Integer>> sent = new TreeMap<>();
        feed.acknowledged().forEach((controlId, patient) -> sent.computeIfAbsent(patient, any -> new ArrayList<>())
                .add(Integer.parseInt(controlId.substring(controlId.indexOf('-') + 1))));
        sent.forEach((patient, numbers) -> {
            JsonNode found = client.json("/fhir/Patient?identifier=" + patient);
            assertThat(found.get("entry")).as("in the store: " + patient).hasSize(1);
            String id = found.at("/entry/0/resource/id").asText();
            List<Integer> processed = new ArrayList<>();
            for (JsonNode version :
                    client.json("/fhir/Patient/" + id + "/_history?_count=200").get("entry")) {
                processed.add(Integer.parseInt(
                        version.at("/resource/address/0/line/0").asText().replaceAll("\\D", "")));
            }
            Collections.reverse(processed);
            Collections.sort(numbers);
            assertThat(processed)
                    .as("in which order " + patient + " was processed")
                    .isEqualTo(numbers);
        });
        return sent.size();
    }
}
