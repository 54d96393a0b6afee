package org.tongmai.console.app.database;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The signals by which a PostgreSQL server is told to stop. */
enum ServerSignal {
    /** Ends sessions, writes a checkpoint, ends. */
    FAST_SHUTDOWN("INT"),
    /** Ends at once; the next start recovers from the log. Nothing committed is lost. */
    IMMEDIATE_SHUTDOWN("QUIT");

    private final String name;

    ServerSignal(String name) {
        this.name = name;
    }

    void send(long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            // No kill program: the JVM's own SIGTERM makes the server wait for its sessions to end, then stop.
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the process is gone; false when it still runs at the limit. */
    static boolean ended(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
