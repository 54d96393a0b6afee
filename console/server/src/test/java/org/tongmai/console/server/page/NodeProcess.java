package org.tongmai.console.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command in the folder of the pages, {@code console/ui}. */
final class NodeProcess {
    static final Path PAGES = Path.of("../ui").toAbsolutePath().normalize();

    private NodeProcess() {}

    /** @param output where it prints to */
    static Answer run(Path output, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(PAGES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command[0]).isTrue();
            return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    record Answer(int exit, String text) {
        /** Fails unless tests ran, and all of them passed. */
        void requirePassed() {
            assertThat(exit).as(text).isZero();
            assertThat(text).contains("# skipped 0").doesNotContain("# pass 0");
        }
    }
}
