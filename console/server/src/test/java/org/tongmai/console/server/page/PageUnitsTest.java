package org.tongmai.console.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code test/units} in Node. */
class PageUnitsTest {
    @Test
    void what_the_pages_work_out_without_a_browser_is_right(@TempDir Path scratch) throws Exception {
        assumeTrue(
                Files.isDirectory(NodeProcess.PAGES.resolve("node_modules")),
                "skipped: the pages were not built (ui.skip)");
        NodeProcess.run(scratch.resolve("test.txt"), Map.of(), "npm", "run", "units")
                .requirePassed();
    }
}
