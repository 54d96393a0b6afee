package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.console.app.HospitalFeed.Sends;
import org.tongmai.console.app.command.TongmaiCommand;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;

/** kill -9 in the middle of decisions under traffic: after the restart exactly one version runs, and the ledger says which. */
class BundleKillIT {
    private static final String ADT = "hospital-adt-to-district";
    private static final int MESSAGES = 3_000;
    private static final long SEED = Long.getLong("tongmai.test.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private PlatformProcess platform;

    @Test
    void exactly_one_version_runs_after_a_kill_in_a_deployment_a_promotion_and_a_roll_back() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess process = new PlatformProcess(data, PlatformPorts.free(), "-Xmx1g")) {
            platform = process;
            platform.start();
            HospitalFeed feed = new HospitalFeed(
                    new HospitalFeed.Plan("BUNDLEKILL", Sends.ADMISSIONS, MESSAGES, 4),
                    platform.ports()::mllpAdt,
                    new AtomicLong());
            ExecutorService hospital = Executors.newFixedThreadPool(2);
            Future<?> sending = hospital.submit(feed);

            killDuring(hospital, "deployment", "/api/bundles", zip("1.0.0"));
            assertThat(byCommand(
                            "deploy",
                            Files.write(folder.resolve("1.0.0.zip"), zip("1.0.0"))
                                    .toString()))
                    .isZero();
            assertThat(byCommand("status", ADT)).isZero();
            assertThat(byCommand("promote", ADT)).as("there is no canary").isEqualTo(1);
            assertThat(send("/api/bundles/canary?percent=50", zip("1.1.0")).statusCode())
                    .isEqualTo(200);
            killDuring(hospital, "promotion", "/api/bundles/" + ADT + "/promote", new byte[0]);
            if (state().equals("CANARY")) {
                send("/api/bundles/" + ADT + "/promote", new byte[0]);
            }
            killDuring(hospital, "roll-back", "/api/bundles/" + ADT + "/rollback", new byte[0]);

            sending.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            hospital.shutdown();
            assertThat(feed.refused()).isEmpty();
            assertThat(feed.acknowledged()).hasSize(MESSAGES);
            await("delivered")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> platform.client().stats().get("delivered").asLong() >= MESSAGES);
            new Reckoning(platform.client(), data).agreesWith(List.of(feed));
        }
    }

    /** Asks, kills at a moment nobody chose, starts again, and looks. */
    private void killDuring(ExecutorService threads, String what, String path, byte[] body) {
        Future<?> asking = threads.submit(() -> {
            try {
                send(path, body);
            } catch (UncheckedIOException e) { // it was killed before it answered
            }
        });
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
        platform.kill();
        await().atMost(LIMIT).until(asking::isDone);
        platform.start();
        oneVersionRuns("killed in a " + what + " (seed " + SEED + ")");
    }

    private void oneVersionRuns(String when) {
        JsonNode bundle = platform.client().json("/api/bundles/" + ADT);
        JsonNode last = platform.client()
                .json("/api/bundles/" + ADT + "/ledger?limit=1")
                .get(0);
        assertThat(bundle.get("nodes")).as(when).hasSize(1);
        JsonNode node = bundle.get("nodes").get(0);
        assertThat(node.get("condition").asText()).as(when).isEqualTo("RUNNING");
        assertThat(node.get("stable").asText())
                .as(when)
                .isEqualTo(bundle.at("/stable/digest").asText());
        assertThat(node.get("generation").asLong())
                .as(when)
                .isEqualTo(bundle.get("generation").asLong())
                .isEqualTo(last.get("generation").asLong());
        boolean canary = last.get("decision").asText().equals("BEGIN_CANARY");
        assertThat(last.get("digestTo").asText())
                .as(when)
                .isEqualTo(node.get(canary ? "canary" : "stable").asText());
        assertThat(bundle.get("state").asText())
                .as(when)
                .isEqualTo(last.get("to").asText());
    }

    /** {@code tongmai bundle …} as the administrator. */
    private int byCommand(String command, String argument) throws IOException {
        Path password =
                Files.writeString(folder.resolve("password"), platform.client().password("administrator"));
        return TongmaiCommand.execute(
                "bundle",
                command,
                argument,
                "--json",
                "--url=http://127.0.0.1:" + platform.ports().http(),
                "--user=administrator",
                "--password-file=" + password);
    }

    private String state() {
        return platform.client().json("/api/bundles/" + ADT).get("state").asText();
    }

    private HttpResponse<byte[]> send(String path, byte[] body) {
        return platform.client()
                .send("administrator", path, request -> request.header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    /** The sample bundle under another version. */
    private static byte[] zip(String version) throws IOException {
        BundleArchive shipped = BundleArchive.ofFolder(SourceTree.root().resolve("routes/bundles/" + ADT));
        TreeMap<String, byte[]> files = new TreeMap<>(shipped.files());
        JsonNode manifest = JSON.readTree(files.get(BundleArchive.MANIFEST));
        ((ObjectNode) manifest).put("version", version);
        files.put(BundleArchive.MANIFEST, manifest.toPrettyString().getBytes(StandardCharsets.UTF_8));
        return BundleZip.write(BundleArchive.of(ADT, files), Optional.empty());
    }
}
