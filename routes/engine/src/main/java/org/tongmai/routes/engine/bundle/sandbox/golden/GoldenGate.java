package org.tongmai.routes.engine.bundle.sandbox.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tongmai.routes.engine.bundle.BundleMode;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Lets a version through whose golden tests pass; one without tests in development only, and the ledger says so. */
public final class GoldenGate implements DeployGate {
    private final Supplier<SandboxPlatform> platform;
    private final BundleMode mode;

    /** @param platform asked for with the first candidate */
    public GoldenGate(Supplier<SandboxPlatform> platform, BundleMode mode) {
        this.platform = platform;
        this.mode = mode;
    }

    @Override
    public GateReport test(BundleArchive candidate, BundleOverrides settings) {
        try {
            GoldenReport report = GoldenSuite.run(candidate, settings, platform.get());
            Map<String, String> figures = new TreeMap<>(report.coverage().figures());
            figures.put("milliseconds", Long.toString(report.took().toMillis()));
            List<Issue> failures = new ArrayList<>(report.failures());
            if (mode == BundleMode.DEVELOPMENT && failures.removeIf(issue -> issue.code() == SandboxError.UNTESTED)) {
                figures.put("untested", "no golden tests; outside development it would be refused");
            }
            return new GateReport(report.cases().size(), failures, figures);
        } catch (CodedException e) { // a rule that the candidate breaks
            return new GateReport(0, e.issues(), Map.of());
        }
    }
}
