package org.tongmai.console.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code test/units/rules.test.mjs} in Node. */
class GatewayRulesTest {
    @Test
    void what_the_page_gateways_works_out_of_rules_is_right(@TempDir Path scratch) throws Exception {
        assumeTrue(
                Files.isDirectory(NodeProcess.PAGES.resolve("node_modules")),
                "skipped: the pages were not built (ui.skip)");
        NodeProcess.run(scratch.resolve("test.txt"), Map.of(), "node", "--test", "test/units/rules.test.mjs")
                .requirePassed();
    }
}
