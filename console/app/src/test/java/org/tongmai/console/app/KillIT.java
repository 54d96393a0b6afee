package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    private static final long SEED = 20261120L;
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

            JsonNode stats = platform.client().stats();
            assertThat(stats.get("received").asLong()).as("received").isEqualTo(TOTAL);
            assertThat(stats.get("accepted").asLong()).as("accepted").isEqualTo(TOTAL);
            assertThat(stats.get("stored").asLong()).as("stored").isEqualTo(TOTAL);
            assertThat(stats.get("delivered").asLong()).as("delivered").isEqualTo(TOTAL);
            assertThat(stats.get("refused").asLong()).as("refused").isZero();
            assertThat(stats.get("parked").asLong()).as("parked").isZero();

            Map<String, String> controlIds = journalled(platform);
            compare(feeds, controlIds, districtRecords(data));
        }
    }

    private static void killAtRandom(PlatformProcess platform, AtomicLong acknowledged) {
        Random random = new Random(SEED);
        for (int kill = 1; kill <= KILLS; kill++) {
            long next = (long) TOTAL * kill / (KILLS + 1) - random.nextInt(1_000);
            await("acknowledgement " + next)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() >= next);
            platform.kill();
            platform.start();
        }
    }

    /** Control ids by message number, as the journal tells. */
    private static Map<String, String> journalled(PlatformProcess platform) {
        Map<String, String> controlIds = new HashMap<>();
        String before = "";
        do {
            JsonNode page = platform.client().json("/api/messages?limit=500" + before);
            for (JsonNode item : page.get("items")) {
                controlIds.put(item.get("id").asText(), item.findValue("controlId").asText());
            }
            before = page.path("next").isMissingNode() || page.path("next").isNull()
                    ? null
                    : "&before=" + page.get("next").asText();
        } while (before != null);
        return controlIds;
    }

    /** The district's own ledger: message number and patient, in order of arrival. */
    private static List<String[]> districtRecords(Path data) throws IOException {
        return Files.readAllLines(data.resolve("sample-district/ledger.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }

    private static void compare(
            List<HospitalFeed> feeds, Map<String, String> controlIds, List<String[]> districtRecords) {
        Set<String> sent = new HashSet<>();
        feeds.forEach(feed -> sent.addAll(feed.acknowledged().keySet()));
        assertThat(controlIds).as("journalled").hasSize(TOTAL);
        assertThat(new HashSet<>(controlIds.values())).as("acknowledged = journalled").isEqualTo(sent);

        assertThat(districtRecords).as("delivered to the district").hasSize(TOTAL);
        Set<String> arrived = new HashSet<>();
        Map<String, Integer> lastOfPatient = new HashMap<>();
        for (String[] record : districtRecords) {
            String controlId = controlIds.get(record[1]);
            assertThat(arrived.add(controlId)).as("delivered once: " + controlId).isTrue();
            int number = Integer.parseInt(controlId.substring(controlId.indexOf('-') + 1));
            Integer last = lastOfPatient.put(record[2], number);
            assertThat(last == null || last < number)
                    .as("order of one patient: " + controlId + " after " + last)
                    .isTrue();
        }
        assertThat(arrived).as("journalled = delivered").isEqualTo(sent);
    }
}
