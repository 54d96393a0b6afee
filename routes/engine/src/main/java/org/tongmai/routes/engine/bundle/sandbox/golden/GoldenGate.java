package org.tongmai.routes.engine.bundle.sandbox.golden;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.standards.error.CodedException;

/** Lets a version through whose golden tests pass. */
public final class GoldenGate implements DeployGate {
    private final Supplier<SandboxPlatform> platform;

    /** @param platform asked for with the first candidate */
    public GoldenGate(Supplier<SandboxPlatform> platform) {
        this.platform = platform;
    }

    @Override
    public GateReport test(BundleArchive candidate, BundleOverrides settings) {
        try {
            GoldenReport report = GoldenSuite.run(candidate, settings, platform.get());
            Map<String, String> figures = new TreeMap<>(report.coverage().figures());
            figures.put("milliseconds", Long.toString(report.took().toMillis()));
            return new GateReport(report.cases().size(), report.failures(), figures);
        } catch (CodedException e) { // a rule that the candidate breaks
            return new GateReport(0, e.issues(), Map.of());
        }
    }
}
