package org.tongmai.benchmarks.bundles;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.tongmai.benchmarks.platform.PlatformApi;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deploys many bundles, then one more while a neighbour is busy, and prints what it took and what the neighbour noticed. */
@CommandLine.Command(
        name = "bundles",
        mixinStandardHelpOptions = true,
        description = "Many bundles on one platform: time to publish one more, and what its neighbour notices.")
public final class BundleLoad implements Callable<Integer> {
    private static final double PUBLISH_LIMIT_MILLIS = 2000;

    @Option(
            names = "--template",
            defaultValue = "routes/bundles/vaccination-to-district",
            description = "Bundle that is copied.")
    private Path template;

    @Option(names = "--count", defaultValue = "500", description = "Copies (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--first-port",
            defaultValue = "24000",
            description = "The copies listen from here on (${DEFAULT-VALUE}).")
    private int firstPort;

    @Option(names = "--folder", description = "Only write the copies here, for a platform that starts with them.")
    private Path folder;

    @Mixin
    private PlatformApi platform;

    @Option(
            names = "--neighbour",
            defaultValue = "2575",
            description = "Port of the neighbour's feed (${DEFAULT-VALUE}).")
    private int neighbour;

    @Option(
            names = "--rate",
            defaultValue = "200",
            description = "Messages a second of the neighbour (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Time before and after each publication (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--offset", defaultValue = "0", description = "The platform's tongmai.ports.offset.")
    private int offset;

    @Option(names = "--pid", description = "Process of the platform, to tell its memory and threads.")
    private Long pid;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        BundleCopies copies = new BundleCopies(template);
        if (folder != null) {
            for (int i = 0; i < count; i++) {
                copies.write(folder, name(i), firstPort + i * copies.ports());
            }
            out.printf("%d copies of %s in %s%n", count, template, folder);
            return 0;
        }
        printProcess("before");
        deployAll(copies);
        printProcess("with " + count);
        return publishOneMore(copies) ? 0 : 1;
    }

    private void deployAll(BundleCopies copies) throws IOException, InterruptedException {
        Histogram micros = new Histogram(600_000_000L, 3);
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            byte[] zip = copies.zip(name(i), firstPort + i * copies.ports());
            long from = System.nanoTime();
            deploy(zip);
            micros.recordValue((System.nanoTime() - from) / 1000);
        }
        out.printf(
                "deployed   %d in %.1f s, one after the other: p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                count,
                (System.nanoTime() - began) / 1e9,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    /** While the neighbour sends: a quiet stretch, the publication, and as long again. */
    private boolean publishOneMore(BundleCopies copies) throws Exception {
        int port = firstPort + count * copies.ports();
        byte[] zip = copies.zip(name(count), port);
        try (NeighbourFeed feed = new NeighbourFeed(neighbour, rate)) {
            pause();
            pause();
            long quiet = System.nanoTime();
            pause();
            long from = System.nanoTime();
            deploy(zip);
            long answered = System.nanoTime();
            awaitListener(port + offset);
            long listening = System.nanoTime();
            pause();
            long to = System.nanoTime();
            feed.close();
            double millis = (listening - from) / 1e6;
            out.printf("published  one more in %.0f ms (answered after %.0f ms)%n", millis, (answered - from) / 1e6);
            print("quiet", feed.between(quiet, from));
            print("publishing", feed.between(from, to));
            out.printf("codes      %s%n", feed.codes());
            boolean unharmed = feed.codes().keySet().stream().allMatch("AA"::equals);
            out.printf(
                    "target     %.0f ms and only AA: %s%n",
                    PUBLISH_LIMIT_MILLIS, millis <= PUBLISH_LIMIT_MILLIS && unharmed ? "met" : "MISSED");
            return millis <= PUBLISH_LIMIT_MILLIS && unharmed;
        }
    }

    private void print(String when, NeighbourFeed.Noticed noticed) {
        out.printf(
                "neighbour  %s: %d answers, longest answer %.1f ms, longest gap between answers %.1f ms%n",
                when, noticed.answers(), noticed.longestMillis(), noticed.gapMillis());
    }

    private void printProcess(String when) throws IOException {
        if (pid == null) {
            return;
        }
        Path status = Path.of("/proc", Long.toString(pid), "status");
        StringBuilder line = new StringBuilder();
        for (String each : Files.readAllLines(status)) {
            if (each.startsWith("VmRSS:") || each.startsWith("VmHWM:") || each.startsWith("Threads:")) {
                line.append(each.replaceAll("\\s+", " ")).append("; ");
            }
        }
        out.printf("process    %s: %s%n", when, line);
    }

    private void pause() {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Answers when the platform has. */
    private void deploy(byte[] zip) throws IOException, InterruptedException {
        platform.postZip("/api/bundles", zip, Duration.ofMinutes(2));
    }

    /** Waits until something listens on the port of this machine. */
    private static void awaitListener(int port) throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw new IOException("nobody listens on port " + port + " after 60 s", e);
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }

    private static String name(int number) {
        return "copy-%04d".formatted(number);
    }
}
