package org.tongmai.benchmarks.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tongmai.adapters.hospital.mllp.Acknowledgement;
import org.tongmai.adapters.hospital.mllp.AcknowledgementListener;
import org.tongmai.adapters.hospital.mllp.MllpSender;
import org.tongmai.adapters.hospital.mllp.MllpSenderSettings;
import org.tongmai.adapters.hospital.simulator.Feed;
import org.tongmai.adapters.hospital.simulator.FeedSettings;
import org.tongmai.adapters.hospital.simulator.Hospital;
import org.tongmai.benchmarks.platform.PlatformApi;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Journals messages, then lets the platform compare a candidate with three rows edited, and says whether it found them. */
@CommandLine.Command(
        name = "replay-diff",
        mixinStandardHelpOptions = true,
        description =
                "Replay-diff over journalled messages: time, and whether it finds what was planted and nothing else.")
public final class ReplayDiffLoad implements Callable<Integer> {
    private static final double LIMIT_SECONDS = 60;
    private static final String PLANTED = "planted.map.yaml";

    /** What the rows of the planted file write. */
    private static final Set<String> PLANTED_FIELDS = Set.of(
            "canonical Encounter.priority.text",
            "canonical Encounter.serviceProvider.display",
            "canonical Patient.language");

    @Option(names = "--messages", defaultValue = "10000", description = "Messages to journal (${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--bundle",
            defaultValue = "routes/bundles/hospital-adt-to-district",
            description = "Folder of the bundle, as the platform runs it (${DEFAULT-VALUE}).")
    private Path bundle;

    @Option(names = "--port", defaultValue = "2575", description = "The bundle's MLLP port (${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private PlatformApi platform;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the messages (${DEFAULT-VALUE}).")
    private long seed;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        Instant from = Instant.now();
        send();
        BundleCopies copies = new BundleCopies(bundle);
        byte[] candidate = copies.zip(planted());
        long began = System.nanoTime();
        JsonNode report = new ObjectMapper()
                .readTree(platform.postZip(
                        "/api/bundles/diff?from=" + from + "&limit=" + messages, candidate, Duration.ofMinutes(15)));
        double seconds = (System.nanoTime() - began) / 1e9;
        return judge(report, seconds) ? 0 : 1;
    }

    private void send() throws Exception {
        String run = Long.toString(System.currentTimeMillis(), 36);
        Feed feed =
                new Feed(FeedSettings.of(Hospital.A, seed, messages).named(run).only(Set.of(FeedSettings.Kind.ADT)));
        Codes codes = new Codes();
        long began = System.nanoTime();
        try (MllpSender sender =
                new MllpSender(MllpSenderSettings.to("127.0.0.1", port).pipelined(16, 4), feed, codes)) {
            sender.start().get(15, TimeUnit.MINUTES);
        }
        out.printf("journalled %s in %.1f s%n", codes, (System.nanoTime() - began) / 1e9);
    }

    private static Map<String, byte[]> planted() throws IOException {
        try (InputStream file = ReplayDiffLoad.class.getResourceAsStream(PLANTED)) {
            return Map.of(PLANTED, file.readAllBytes());
        }
    }

    private boolean judge(JsonNode report, double seconds) {
        Set<String> found = new TreeSet<>();
        for (JsonNode change : report.path("changes")) {
            String field =
                    change.path("output").asText() + " " + change.path("field").asText();
            found.add(field);
            out.printf(
                    "changed    %s %s in %d messages%n",
                    change.path("messageType").asText(),
                    field,
                    change.path("count").asLong());
        }
        long compared = report.path("messages").asLong();
        out.printf("compared   %d messages in %.1f s: %.0f messages/s%n", compared, seconds, compared / seconds);
        boolean met = seconds <= LIMIT_SECONDS && compared == messages && found.equals(PLANTED_FIELDS);
        out.printf(
                "target     %d messages, %.0f s and exactly %s: %s%n",
                messages, LIMIT_SECONDS, new TreeSet<>(PLANTED_FIELDS), met ? "met" : "MISSED");
        return met;
    }

    /** Answers by code. */
    private static final class Codes implements AcknowledgementListener {
        private final Map<String, Long> counts = new TreeMap<>();

        @Override
        public synchronized void acknowledged(Acknowledgement answer) {
            counts.merge(answer.code(), 1L, Long::sum);
        }

        @Override
        public synchronized String toString() {
            return counts.toString();
        }
    }
}
