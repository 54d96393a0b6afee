package org.tongmai.benchmarks.mllp;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tongmai.adapters.hospital.mllp.Acknowledgement;
import org.tongmai.adapters.hospital.mllp.AcknowledgementLedger;
import org.tongmai.adapters.hospital.mllp.AcknowledgementListener;
import org.tongmai.adapters.hospital.mllp.MllpSender;
import org.tongmai.adapters.hospital.mllp.MllpSenderSettings;
import org.tongmai.benchmarks.platform.PlatformApi;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads an MLLP port and prints messages a second, acknowledgement times and what the journal counted. */
@CommandLine.Command(
        name = "mllp",
        mixinStandardHelpOptions = true,
        description = "Loads an MLLP port with ADT messages; prints throughput, acknowledgement times, journal counts.")
public final class MllpLoad implements Callable<Integer> {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Receiver (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "2575", description = "Receiver's port (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--connections", defaultValue = "16", description = "Connections (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--depth", defaultValue = "1", description = "Unanswered messages a connection (${DEFAULT-VALUE}).")
    private int depth;

    @Option(names = "--rate", defaultValue = "0", description = "Messages a second; 0 sends as answers come.")
    private double rate;

    @Option(names = "--warmup", defaultValue = "15", description = "Seconds before measuring (${DEFAULT-VALUE}).")
    private double warmup;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Measured seconds, 0 = by count (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--count", defaultValue = "0", description = "Measured messages, 0 = by time (${DEFAULT-VALUE}).")
    private long count;

    @Option(
            names = "--ring",
            defaultValue = "40000",
            description = "Different messages, made before (${DEFAULT-VALUE}).")
    private int ringSize;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the messages (${DEFAULT-VALUE}).")
    private long seed;

    /** Asked for its counts where there is a password. */
    @Mixin
    private PlatformApi platform;

    @Option(
            names = "--settle",
            defaultValue = "300",
            description = "Seconds to wait for deliveries (${DEFAULT-VALUE}).")
    private long settle;

    @Option(names = "--ledger", description = "CSV file for every answer; costs the generator a little.")
    private Path ledger;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JournalWatch journal = platform.usable() ? new JournalWatch(platform) : null;
        Map<String, Long> before = journal == null ? Map.of() : journal.counts();
        String run = Long.toString(System.currentTimeMillis(), 36);
        MessageRing ring = new MessageRing(run, ringSize, seed, new MessageRing.Plan(warmup, seconds, count));
        AnswerStatistics statistics = new AnswerStatistics(ring);
        boolean complete = send(ring, statistics);
        printMethod(run);
        printAnswers(statistics, complete);
        boolean equal = journal == null || printJournal(journal, before, statistics);
        boolean positive = statistics.codes().keySet().stream().allMatch(c -> c.equals("AA") || c.equals("CA"));
        return complete && equal && positive ? 0 : 1;
    }

    private boolean send(MessageRing ring, AnswerStatistics statistics) throws IOException, InterruptedException {
        MllpSenderSettings settings =
                MllpSenderSettings.to(host, port).pipelined(connections, depth).atRate(rate);
        if (ledger == null) {
            return run(new MllpSender(settings, ring, statistics));
        }
        try (AcknowledgementLedger file = new AcknowledgementLedger(ledger)) {
            return run(new MllpSender(settings, ring, new Both(statistics, file)));
        }
    }

    private boolean run(MllpSender opened) throws InterruptedException {
        try (MllpSender sender = opened) {
            CompletableFuture<Void> done = sender.start();
            long limit = (long) (warmup + (seconds == 0 ? 24 * 3600 : seconds) + 60);
            done.get(limit, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void printMethod(String run) throws IOException {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        out.printf(
                "machine    %s, %d processors, %d MB, %s %s%n",
                processor(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        out.printf("generator  JVM %s; client, platform and database share the machine%n", Runtime.version());
        out.printf(
                "method     %d connections, %d unanswered each, %s; %d different ADT in UTF-8 round and round, each with a"
                        + " control id of its own (run %s); warm-up %.0f s not counted%n",
                connections, depth, rate == 0 ? "as fast as answers come" : rate + "/s", ringSize, run, warmup);
        out.printf(
                "           generator used %.1f s of processor time over %.1f s%n",
                system.getProcessCpuTime() / 1e9,
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    }

    private void printAnswers(AnswerStatistics s, boolean complete) {
        out.printf("measured   %d messages in %.1f s: %.0f messages/s%n", s.measured(), s.seconds(), s.perSecond());
        out.printf(
                "answer     p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms%n",
                s.millisAt(50), s.millisAt(99), s.millisAt(99.9), s.longestMillis());
        out.printf("codes      %s, with warm-up; sent again %d%n", s.codes(), s.resent());
        if (!complete) {
            out.println("INCOMPLETE some messages were not answered in time");
        }
    }

    private boolean printJournal(JournalWatch journal, Map<String, Long> before, AnswerStatistics s)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Map<String, Long> now = journal.awaitSettled(before, s.all(), Duration.ofSeconds(settle));
        boolean equal = now.getOrDefault("received", -1L) == s.all()
                && now.getOrDefault("stored", -1L) == s.all()
                && now.getOrDefault("delivered", -1L) == s.all();
        out.printf("journal    %s, %.1f s after the last answer%n", now, (System.nanoTime() - began) / 1e9);
        out.printf(
                "equal      answered %d, received %d, stored %d, delivered %d: %s%n",
                s.all(),
                now.getOrDefault("received", -1L),
                now.getOrDefault("stored", -1L),
                now.getOrDefault("delivered", -1L),
                equal ? "yes" : "NO");
        return equal;
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** Passes every answer to two listeners. */
    private record Both(AcknowledgementListener first, AcknowledgementListener second)
            implements AcknowledgementListener {
        @Override
        public void acknowledged(Acknowledgement answer) {
            first.acknowledged(answer);
            second.acknowledged(answer);
        }

        @Override
        public void flush() {
            second.flush();
        }
    }
}
