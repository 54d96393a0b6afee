package org.tongmai.adapters.hospital.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tongmai.adapters.hospital.mllp.AcknowledgementLedger;
import org.tongmai.adapters.hospital.mllp.MllpSender;
import org.tongmai.adapters.hospital.mllp.MllpSenderSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Plays a day of the district from the command line: sends both hospitals' feeds and keeps an acknowledgement ledger. */
@CommandLine.Command(
        name = "hospital-simulator",
        mixinStandardHelpOptions = true,
        description = "Plays a day of a district with two hospitals over MLLP. The same seed sends the same bytes.")
public final class HospitalSimulator implements Callable<Integer> {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Receiver (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "2575", description = "Receiver's port (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--hospitals",
            split = ",",
            defaultValue = "A,B",
            description = "Which hospitals: A (UTF-8), B (GB18030) (${DEFAULT-VALUE}).")
    private List<Hospital> hospitals;

    @Option(
            names = "--kinds",
            split = ",",
            defaultValue = "ADT,ORU",
            description = "Which messages: ADT, ORU (${DEFAULT-VALUE}).")
    private List<FeedSettings.Kind> kinds;

    @Option(names = "--count", defaultValue = "1000", description = "Messages of each hospital (${DEFAULT-VALUE}).")
    private long count;

    @Option(names = "--seconds", defaultValue = "0", description = "Stop after this time; 0 stops by count only.")
    private long seconds;

    @Option(names = "--rate", defaultValue = "0", description = "Messages a second of each hospital; 0 is full speed.")
    private double rate;

    @Option(
            names = "--connections",
            defaultValue = "2",
            description = "Connections of each hospital (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--depth", defaultValue = "1", description = "Unanswered messages a connection (${DEFAULT-VALUE}).")
    private int depth;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the bytes (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--run",
            description = "First part of the control ids, 1 to 7 letters and digits; by default the seed.")
    private String run;

    @Option(names = "--start", description = "When the played day begins, as 2026-11-20T06:00.")
    private LocalDateTime start;

    @Option(names = "--ledger", description = "CSV file for the acknowledgements; appended to.")
    private Path ledger;

    @Option(names = "--resend-errors", description = "Send messages answered AE again until taken; needs --depth 1.")
    private boolean resendErrors;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HospitalSimulator())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = ledger != null ? ledger : Path.of("acknowledgements.csv");
        long began = System.nanoTime();
        try (AcknowledgementLedger answers = new AcknowledgementLedger(file)) {
            boolean complete = send(answers);
            double took = (System.nanoTime() - began) / 1e9;
            long total = answers.counts().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            System.out.printf(
                    "%d answers in %.1f s (%.0f/s): %s; ledger %s%n",
                    total, took, total / took, answers.counts(), file);
            return complete && answers.counts().keySet().stream().allMatch(c -> c.equals("AA") || c.equals("CA"))
                    ? 0
                    : 1;
        }
    }

    private boolean send(AcknowledgementLedger answers) throws InterruptedException {
        List<MllpSender> senders = new ArrayList<>();
        try {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (Hospital hospital : EnumSet.copyOf(hospitals)) {
                MllpSender sender = new MllpSender(senderSettings(), new Feed(feedSettings(hospital)), answers);
                senders.add(sender);
                done.add(sender.start());
            }
            return await(CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)), senders);
        } finally {
            senders.forEach(MllpSender::close);
        }
    }

    private boolean await(CompletableFuture<Void> all, List<MllpSender> senders) throws InterruptedException {
        try {
            if (seconds == 0) {
                all.get();
                return true;
            }
            return awaitAtMost(all, senders);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private boolean awaitAtMost(CompletableFuture<Void> all, List<MllpSender> senders)
            throws InterruptedException, ExecutionException {
        try {
            all.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            senders.forEach(MllpSender::endSource);
        }
        try {
            all.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            System.err.println("some messages were not answered within 30 s of the end");
            return false;
        }
    }

    private MllpSenderSettings senderSettings() {
        MllpSenderSettings settings =
                MllpSenderSettings.to(host, port).pipelined(connections, depth).atRate(rate);
        return resendErrors ? settings.resending(MllpSenderSettings.Resend.UNANSWERED_AND_ERRORS) : settings;
    }

    private FeedSettings feedSettings(Hospital hospital) {
        FeedSettings settings = FeedSettings.of(hospital, seed, count == 0 ? Long.MAX_VALUE : count)
                .only(Set.copyOf(kinds));
        if (run != null) {
            settings = settings.named(hospital.name() + run);
        }
        return start == null ? settings : settings.from(start);
    }
}
