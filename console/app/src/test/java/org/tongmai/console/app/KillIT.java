package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise: once AA is sent nothing is lost, nothing happens twice, and each patient's order is kept. */
class KillIT {
    private static final int FEEDS = 8;
    private static final int MESSAGES_A_FEED = 2_500;
    private static final int TOTAL = FEEDS * MESSAGES_A_FEED;
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
                HospitalFeed feed =
                        new HospitalFeed("KILL" + i, MESSAGES_A_FEED, platform.ports()::mllpAdt, acknowledged);
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
            new Reckoning(platform.client(), data).agreesWith(feeds);
            assertThat(patientsWithAllVersions(platform.client(), feeds.get(0))).isTrue();
        }
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

    /** Every message of the feed changed its patient once, so a patient has as many versions as messages. */
    private static boolean patientsWithAllVersions(PlatformClient client, HospitalFeed feed) {
        return feed.acknowledged().values().stream().distinct().allMatch(patient -> {
            JsonNode found = client.json("/fhir/Patient?identifier=" + patient);
            assertThat(found.get("entry")).as("in the store: " + patient).hasSize(1);
            JsonNode resource = found.get("entry").get(0).get("resource");
            long messages = feed.acknowledged().values().stream()
                    .filter(patient::equals)
                    .count();
            assertThat(resource.at("/meta/versionId").asText())
                    .as("versions of " + patient)
                    .isEqualTo(Long.toString(messages));
            return true;
        });
    }
}
