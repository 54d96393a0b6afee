package org.tongmai.console.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.bundle.BundleMode;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenGate;

/** What the gate of a deployment says of a bundle with its golden tests, and of one without. */
class GoldenGateTest {
    private static SandboxPlatform platform;
    private static BundleArchive tested;

    @BeforeAll
    static void load() throws IOException {
        platform = PackagedPlatform.load();
        tested = BundleArchive.ofFolder(Path.of("..", "..", "routes", "bundles", "canonical-events-to-broker")
                .toRealPath());
    }

    private static GateReport report(BundleArchive bundle, BundleMode mode) {
        return new GoldenGate(() -> platform, mode).test(bundle, BundleOverrides.NONE);
    }

    private static BundleArchive untested() {
        SortedMap<String, byte[]> files = new TreeMap<>(tested.files());
        files.keySet().removeIf(name -> name.startsWith("test/"));
        return BundleArchive.of(tested.id(), files);
    }

    @Test
    void a_bundle_that_does_what_its_tests_say_may_run() {
        GateReport report = report(tested, BundleMode.PRODUCTION);
        assertThat(report.failures()).isEmpty();
        assertThat(report.tests()).isPositive();
        assertThat(report.figures()).containsKeys("routes", "steps").doesNotContainKey("untested");
    }

    @Test
    void a_bundle_without_tests_is_refused() {
        assertThat(report(untested(), BundleMode.PRODUCTION).failures())
                .extracting(issue -> issue.code().code())
                .containsExactly("TM-SANDBOX-0011");
    }

    @Test
    void in_development_it_may_run_and_the_ledger_says_so() {
        GateReport report = report(untested(), BundleMode.DEVELOPMENT);
        assertThat(report.passed()).isTrue();
        assertThat(report.figures()).containsKey("untested");
    }
}
