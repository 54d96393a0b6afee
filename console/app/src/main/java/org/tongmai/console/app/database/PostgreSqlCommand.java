package org.tongmai.console.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Makes the command lines that run a PostgreSQL program on this machine. */
final class PostgreSqlCommand {
    private static final List<String> OWN_USER_NAMESPACE = List.of("unshare", "-U");

    private final Path home;
    private final List<String> prefix;

    PostgreSqlCommand(Path home) {
        this.home = home;
        this.prefix = prefix();
    }

    List<String> of(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /**
     * A session of its own, so that Ctrl+C in a terminal reaches the platform only and PostgreSQL stops last; and as
     * root a user namespace of its own, because PostgreSQL refuses to run as root.
     */
    private static List<String> prefix() {
        List<String> prefix = new ArrayList<>();
        if (succeeds(List.of("setsid", "true"))) {
            prefix.add("setsid");
        }
        if (isRoot()) {
            if (!succeeds(List.of("unshare", "-U", "true"))) {
                throw new CodedException(Issue.of(
                        AppError.ROOT_NOT_POSSIBLE,
                        "",
                        "expected: user namespaces (unshare -U), an ordinary user, or tongmai.database.url"));
            }
            prefix.addAll(OWN_USER_NAMESPACE);
        }
        return prefix;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
