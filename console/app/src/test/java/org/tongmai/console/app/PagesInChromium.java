package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The browser tests of {@code console/ui}, run in Chromium against a platform. */
final class PagesInChromium {
    private static final Path PAGES = SourceTree.root().resolve("console/ui");

    private final Path folder;
    private final String chromium;

    private PagesInChromium(Path folder, String chromium) {
        this.folder = folder;
        this.chromium = chromium;
    }

    /**
     * Skips the test where the pages were not built; where there is no Chromium too, unless {@code CI} is set.
     *
     * @param folder for what the tests print
     */
    static PagesInChromium orSkip(Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(PAGES.resolve("node_modules")), "skipped: the pages were not built (ui.skip)");
        Answer found = run(folder.resolve("chromium.txt"), Map.of(), "sh", "ensure-chromium.sh");
        assumeTrue(found.exit() == 0 || System.getenv("CI") != null, found.text());
        assertThat(found.exit()).as(found.text()).isZero();
        return new PagesInChromium(
                folder, found.text().lines().reduce("", (first, last) -> last).strip());
    }

    /**
     * Fails unless every test of the file passes. Its pictures are in a folder of its own: files run side by side.
     *
     * @param test name of the file in {@code console/ui/test}
     * @param environment what it asks for besides the browser
     */
    void pass(String test, Map<String, String> environment) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SCREENSHOTS", "target/screenshots-platform/" + test.replace(".test.mjs", ""));
        all.put("CHROMIUM_PATH", chromium);
        Answer answer = run(folder.resolve("test.txt"), all, "node", "--test", "test/" + test);
        assertThat(answer.exit()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("# skipped 0").doesNotContain("# pass 0");
    }

    private static Answer run(Path output, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
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

    private record Answer(int exit, String text) {}
}
