package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser test of the page Messages, in Chromium, against the whole platform with a real message in it. */
class MessagesPageIT {
    private static final Path PAGES = SourceTree.root().resolve("console/ui");

    @TempDir
    private Path folder;

    @Test
    void the_page_shows_and_replays_a_message_that_went_through_the_platform() throws Exception {
        assumeTrue(Files.isDirectory(PAGES.resolve("node_modules")), "skipped: the pages were not built (ui.skip)");
        Answer chromium = run(Map.of(), "sh", "ensure-chromium.sh");
        assumeTrue(chromium.exit() == 0 || System.getenv("CI") != null, chromium.text());
        assertThat(chromium.exit()).as(chromium.text()).isZero();
        try (PlatformProcess platform = new PlatformProcess(folder.resolve("data"), PlatformPorts.free(), "-Xmx1g")) {
            platform.start();
            assertThat(PlatformClient.exchange(platform.ports().mllpAdt(), message()))
                    .contains("MSA|AA");
            await("delivered")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> platform.client().stats().get("delivered").asLong() == 1);

            Answer test = run(
                    Map.of(
                            "BASE_URL", "http://127.0.0.1:" + platform.ports().http(),
                            "OPERATOR_PASSWORD", platform.client().password("operator"),
                            "VIEWER_PASSWORD", platform.client().password("viewer"),
                            "SCREENSHOTS", "target/screenshots-platform",
                            "CHROMIUM_PATH",
                                    chromium.text()
                                            .lines()
                                            .reduce("", (first, last) -> last)
                                            .strip()),
                    "node",
                    "--test",
                    "test/");

            assertThat(test.exit()).as(test.text()).isZero();
            assertThat(test.text()).contains("# skipped 0").doesNotContain("# pass 0");
        }
    }

    private Answer run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve(command[0] + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(PAGES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command[0]).isTrue();
            return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] message() throws IOException {
        try (InputStream message = MessagesPageIT.class.getResourceAsStream("/hl7/admit.hl7")) {
            return message.readAllBytes();
        }
    }

    private record Answer(int exit, String text) {}
}
