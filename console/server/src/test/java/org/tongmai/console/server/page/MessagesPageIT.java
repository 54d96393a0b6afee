package org.tongmai.console.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.console.server.sample.RunningConsole;

/** Runs {@code test/messages.test.mjs} in Chromium against the console over sample data. */
class MessagesPageIT {
    @Test
    void the_page_messages_works_in_a_browser(@TempDir Path scratch) throws Exception {
        assumeTrue(
                getClass().getResource("/static/plugins/tongmai/pages.js") != null,
                "skipped: the pages were not built (ui.skip)");
        NodeProcess.Answer chromium =
                NodeProcess.run(scratch.resolve("chromium.txt"), Map.of(), "sh", "ensure-chromium.sh");
        boolean there = chromium.exit() == 0;
        assumeTrue(there || System.getenv("CI") != null, chromium.text());
        assertThat(there).as(chromium.text()).isTrue();

        try (RunningConsole console = RunningConsole.start(Map.of())) {
            Map<String, String> environment = Map.of(
                    "BASE_URL", console.uri("").toString(),
                    "OPERATOR_PASSWORD", console.passwords().get("operator"),
                    "VIEWER_PASSWORD", console.passwords().get("viewer"),
                    "CHROMIUM_PATH",
                            chromium.text()
                                    .lines()
                                    .reduce("", (first, last) -> last)
                                    .strip());
            NodeProcess.run(scratch.resolve("test.txt"), environment, "node", "--test", "test/messages.test.mjs")
                    .requirePassed();
        }
    }
}
