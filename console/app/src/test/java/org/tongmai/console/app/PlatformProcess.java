package org.tongmai.console.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The platform as a process of its own, for tests that kill it.
 *
 * <pre>{@code
 * try (PlatformProcess platform = new PlatformProcess(dataDirectory, PlatformPorts.free(), "-Xmx1g")) {
 *     platform.start();
 *     PlatformClient.exchange(platform.ports().mllpAdt(), message);
 *     platform.kill();
 *     platform.start();
 *     platform.client().stats();
 * }
 * }</pre>
 */
final class PlatformProcess implements AutoCloseable {
    /** No C2: half of the work of a start, for a process that is killed soon after. */
    static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private final Path dataDirectory;
    private final PlatformPorts ports;
    private final String heap;
    private final List<String> more;
    private Process process;

    /**
     * @param dataDirectory kept over restarts
     * @param ports where it is to listen
     * @param heap JVM option, for example {@code -Xmx1g}
     * @param more further arguments of the platform
     */
    PlatformProcess(Path dataDirectory, PlatformPorts ports, String heap, String... more) {
        this.dataDirectory = dataDirectory;
        this.ports = ports;
        this.heap = heap;
        this.more = List.of(more);
    }

    PlatformPorts ports() {
        return ports;
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    PlatformClient client() {
        return new PlatformClient(ports, dataDirectory);
    }

    /** Starts it and waits until it is ready. */
    void start() {
        launch();
        Awaitility.await("ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast("it ended; see " + output(), () -> !process.isAlive())
                .until(() -> client().ready());
    }

    /** Starts it and returns at once. */
    void launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                QUICK,
                heap,
                "-jar",
                jar().toString()));
        command.add("--tongmai.data-directory=" + dataDirectory.toAbsolutePath());
        command.addAll(ports.arguments());
        command.addAll(more);
        try {
            Files.createDirectories(dataDirectory);
            process = new ProcessBuilder(command)
                    .directory(SourceTree.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed, over all its runs. */
    Path output() {
        return dataDirectory.resolveSibling(dataDirectory.getFileName() + ".output.txt");
    }

    /** Ends it as {@code kill -9} does. Its PostgreSQL is left running, as it is by a real kill. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as {@code kill} and Ctrl+C do: in order. */
    int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    /** The most bytes the process ever had in memory; empty where the system does not tell. */
    OptionalLong peakMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** The PostgreSQL server on the data directory, if one runs. */
    Optional<ProcessHandle> postgreSql() {
        Path pidFile = dataDirectory.resolve("postgresql/data/postmaster.pid");
        try {
            return Files.exists(pidFile)
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(pidFile).get(0).strip()))
                            .filter(ProcessHandle::isAlive)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (alive()) {
            process.destroy();
            awaitEnd();
        }
        postgreSql().ifPresent(server -> {
            server.destroy();
            Awaitility.await("PostgreSQL ends").atMost(STOP_LIMIT).until(() -> !server.isAlive());
        });
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("it did not end within " + STOP_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path jar() {
        Path jar = SourceTree.root().resolve("console/app/target/tongmai.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there (expected: mvn package before)");
        }
        return jar;
    }
}
