package org.tongmai.standards.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of others. */
public final class OutsideProcess {
    private static final long MINUTES = 3;

    private OutsideProcess() {}

    /** What a program answered: its exit code and everything it wrote. */
    public record Answer(int exitCode, String text) {
        /** The text of a program that must have ended well. */
        public String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ": " + text);
            }
            return text;
        }
    }

    /** Aborts the test where a program is not installed, saying so. */
    public static void assumeInstalled(String program, String howToInstall) {
        boolean found = List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(found, program + " is not installed: " + howToInstall);
    }

    public static Answer run(Path folder, String... command) {
        return run(folder, Map.of(), command);
    }

    /** Runs a program to its end; both its outputs are one. */
    public static Answer run(Path folder, Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " did not end within " + MINUTES + " minutes");
            }
            return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
