package org.tongmai.console.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import org.tongmai.console.app.AppError;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Runs PostgreSQL as a child process on a kept data directory. Listens on the loopback address only and asks for a
 * random password (SCRAM), so that other users of the machine can not read what it holds. Starts it again when it dies;
 * stops what an earlier, killed instance of the platform left running.
 */
public final class EmbeddedPostgreSql implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgreSql.class);
    private static final String USER = "tongmai";
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(15);

    private final Path folder;
    private final Path logs;
    private final int port;
    private final DataSize sharedBuffers;
    private final String password;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Process process;
    private PostgreSqlCommand command;

    /**
     * @param folder where binaries and data live; created when absent
     * @param logs where the server writes its log
     * @param port on the loopback address
     * @param sharedBuffers memory of the server's own cache
     * @param password of the one user
     */
    public EmbeddedPostgreSql(Path folder, Path logs, int port, DataSize sharedBuffers, String password) {
        this.folder = folder;
        this.logs = logs;
        this.port = port;
        this.sharedBuffers = sharedBuffers;
        this.password = password;
    }

    /** Returns when the server answers. */
    public void start() {
        Path home = PostgreSqlBinaries.unpack(folder.resolve("server-18.6.0"));
        command = new PostgreSqlCommand(home);
        new OrphanedServer(data()).stop();
        try {
            if (!Files.exists(data())) {
                initialise();
            }
            launch();
            awaitAnswer();
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.DATABASE_NOT_STARTED, "", e.toString()), e);
        }
        LastingWork.thread("tongmai-postgresql-supervisor", this::supervise, () -> {})
                .start();
    }

    /** JDBC URL without the password. Details of errors stay out of exception texts: they quote rows. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?logServerErrorDetail=false";
    }

    public String user() {
        return USER;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void initialise() throws IOException {
        Path work = folder.resolve("data.initialising");
        Path passwordFile = folder.resolve("initial-password");
        PostgreSqlBinaries.delete(work);
        OwnerOnly.write(passwordFile, password);
        List<String> arguments = List.of(
                "-D",
                work.toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile,
                "-E",
                "UTF-8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        Path output = logs.resolve("postgresql-initialise.log");
        try {
            Process initdb = run(command.of("initdb", arguments), output);
            if (initdb.waitFor() != 0) {
                throw new IOException("initdb ended with " + initdb.exitValue() + "; see " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(work, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch() throws IOException {
        List<String> arguments = PostgreSqlTuning.arguments(data(), logs, port, sharedBuffers);
        process = run(command.of("postgres", arguments), logs.resolve("postgresql-start.log"));
    }

    private static Process run(List<String> line, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        PostgreSqlTuning.MEMORY.forEach(builder.environment()::putIfAbsent);
        return builder.start();
    }

    /** Processes of a server that was killed hold its memory for a moment, and another can not start: it is tried again. */
    private void awaitAnswer() throws IOException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        long leftBehind = System.nanoTime() + LEFT_BEHIND.toNanos();
        Optional<SQLException> failure = probe();
        while (failure.isPresent()) {
            if (!process.isAlive() && System.nanoTime() < leftBehind) {
                if (closed(Duration.ofMillis(250))) {
                    return;
                }
                launch();
            } else if (!process.isAlive() || System.nanoTime() > limit) {
                String state = process.isAlive() ? "no answer after " + START_LIMIT.toSeconds() + " s" : "it ended";
                String detail = state + "; see " + logs.resolve("postgresql-start.log");
                throw new CodedException(Issue.of(AppError.DATABASE_NOT_STARTED, "", detail), failure.get());
            }
            if (closed(Duration.ofMillis(50))) {
                return;
            }
            failure = probe();
        }
    }

    private Optional<SQLException> probe() {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "2");
        try (Connection connection = DriverManager.getConnection(url(), login)) {
            return connection.isValid(2) ? Optional.empty() : Optional.of(new SQLException("not valid"));
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private void supervise() {
        Duration backOff = Duration.ofMillis(250);
        while (true) {
            process.onExit().join();
            if (closed(backOff)) {
                return;
            }
            LOG.error(
                    "{} {} (status {})",
                    AppError.DATABASE_ENDED.code(),
                    AppError.DATABASE_ENDED.summary(),
                    process.exitValue());
            try {
                new OrphanedServer(data()).stop();
                launch();
                awaitAnswer();
                LOG.info("PostgreSQL answers again");
                backOff = Duration.ofMillis(250);
            } catch (IOException | CodedException e) {
                LOG.error("PostgreSQL does not start: {}", e.getMessage());
                backOff = backOff.multipliedBy(2).compareTo(LONGEST_BACK_OFF) < 0
                        ? backOff.multipliedBy(2)
                        : LONGEST_BACK_OFF;
            }
        }
    }

    private boolean closed(Duration atMost) {
        try {
            return closing.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops the server cleanly: checkpoint first, so that the next start needs no recovery. */
    @Override
    public void close() {
        closing.countDown();
        Process running = process;
        if (running != null && running.isAlive()) {
            ServerSignal.FAST_SHUTDOWN.send(running.pid());
            if (!ServerSignal.ended(running.toHandle(), STOP_LIMIT)) {
                ServerSignal.IMMEDIATE_SHUTDOWN.send(running.pid());
                ServerSignal.ended(running.toHandle(), STOP_LIMIT);
            }
        }
    }
}
