package org.tongmai.console.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The server a killed platform left behind: {@code kill -9} of the JVM does not end its child. The caller holds the
 * lock of the data directory, so a server on it is nobody else's.
 */
final class OrphanedServer {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path data;

    OrphanedServer(Path data) {
        this.data = data;
    }

    /** Stops it when it runs; a left-over pid file of a dead server is PostgreSQL's own business. */
    void stop() {
        Optional<ProcessHandle> server = find();
        if (server.isEmpty()) {
            return;
        }
        LOG.info("Stopping the PostgreSQL server that an earlier run left behind");
        ProcessHandle process = server.get();
        ServerSignal.FAST_SHUTDOWN.send(process.pid());
        if (ServerSignal.ended(process, LIMIT)) {
            return;
        }
        ServerSignal.IMMEDIATE_SHUTDOWN.send(process.pid());
        if (!ServerSignal.ended(process, LIMIT)) {
            throw new CodedException(Issue.of(
                    AppError.DATABASE_NOT_STARTED, "", "process " + process.pid() + " of an earlier run does not end"));
        }
    }

    /** The process of the pid file, if it runs and really is a server on this directory: numbers are used again. */
    private Optional<ProcessHandle> find() {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> isServer(process.pid()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private boolean isServer(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return line.contains("postgres") && line.contains(data.toString());
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.endsWith("postgres"))
                    .isPresent();
        }
    }
}
