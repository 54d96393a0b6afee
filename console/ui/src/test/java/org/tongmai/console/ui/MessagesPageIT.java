package org.tongmai.console.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.console.server.sample.RunningConsole;

/** Runs {@code test/messages.test.mjs} in Chromium against the console over sample data. */
class MessagesPageIT {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    void the_page_messages_works_in_a_browser(@TempDir Path scratch) throws Exception {
        Answer chromium = run(Map.of(), scratch.resolve("chromium.txt"), "sh", "ensure-chromium.sh");
        boolean there = chromium.exit() == 0;
        assumeTrue(there || System.getenv("CI") != null, chromium.text());
        assertThat(there).as(chromium.text()).isTrue();

        RunningConsole console = RunningConsole.shared();
        Map<String, String> environment = Map.of(
                "BASE_URL", console.uri("").toString(),
                "OPERATOR_PASSWORD", console.passwords().get("operator"),
                "VIEWER_PASSWORD", console.passwords().get("viewer"),
                "CHROMIUM_PATH",
                        chromium.text()
                                .lines()
                                .reduce("", (first, last) -> last)
                                .strip());
        Answer test = run(environment, scratch.resolve("test.txt"), "node", "--test", "test/");
        assertThat(test.exit()).as(test.text()).isZero();
        assertThat(test.text()).contains("# skipped 0").doesNotContain("# pass 0");
    }

    private static Answer run(Map<String, String> environment, Path output, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(HERE.toFile())
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

    private record Answer(int exit, String text) {}
}
