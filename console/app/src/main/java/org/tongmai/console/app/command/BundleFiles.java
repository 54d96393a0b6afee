package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.tongmai.console.app.sandbox.PackagedPlatform;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.routes.engine.bundle.check.BundleCheck;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.sandbox.OverlayMappings;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;

/** What the offline commands do with a bundle: read it from where it lies, and hold it against the rules. */
final class BundleFiles {
    private BundleFiles() {}

    /** Reads a folder, or a zip. */
    static SignedArchive read(Path path) throws IOException {
        return Files.isDirectory(path)
                ? new SignedArchive(BundleArchive.ofFolder(path), Optional.empty())
                : BundleZip.read(path);
    }

    /** Holds it against the rules, with the kamelets and maps of this platform; starts nothing. */
    static BundlePlan check(BundleArchive archive, BundleOverrides overrides) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getRegistry()
                    .bind("mappings", BundleMappings.class, new OverlayMappings(PackagedPlatform::mappings));
            return BundleCheck.check(archive, overrides, context);
        }
    }

    /** The violations, where nobody says yet what the platform will set: a setting without a value is no more than noted. */
    static List<Issue> forgivingMissingSettings(BundlePlan plan) {
        return plan.violations().stream()
                .map(issue -> issue.code() == BundleError.SETTING_MISSING
                        ? new Issue(issue.code(), Severity.INFORMATION, issue.location(), issue.detail())
                        : issue)
                .toList();
    }

    static boolean refused(List<Issue> issues) {
        return issues.stream().anyMatch(issue -> issue.severity().refuses());
    }
}
