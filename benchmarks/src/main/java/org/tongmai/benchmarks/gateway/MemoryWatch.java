package org.tongmai.benchmarks.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Prints what a process holds in memory and how many threads it has, each minute (proc(5), {@code /proc/pid/status}). */
final class MemoryWatch implements AutoCloseable {
    private final ScheduledExecutorService minutes = Executors.newSingleThreadScheduledExecutor();

    private MemoryWatch() {}

    /** @param pid null for nobody */
    static MemoryWatch of(Long pid) {
        MemoryWatch watch = new MemoryWatch();
        if (pid != null) {
            Path status = Path.of("/proc", pid.toString(), "status");
            watch.minutes.scheduleAtFixedRate(() -> print(status), 0, 1, TimeUnit.MINUTES);
        }
        return watch;
    }

    private static void print(Path status) {
        try {
            System.out.println("memory     "
                    + Files.readAllLines(status).stream()
                            .filter(each -> each.startsWith("VmRSS:") || each.startsWith("Threads:"))
                            .map(each -> each.replaceAll("\\s+", " "))
                            .collect(Collectors.joining(", ")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        minutes.shutdownNow();
    }
}
