package org.tongmai.console.app.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.check.CheckedRoute;
import org.tongmai.standards.error.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a bundle against the rules. */
@Command(
        name = "validate",
        description = "Name every rule a bundle breaks, with file and line.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it keeps the rules", "1:it breaks a rule", "2:wrong arguments, or it can not be read"})
final class BundleValidateCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Parameters(index = "0", paramLabel = "<bundle>", description = "Folder or zip of the bundle.")
    private Path bundle;

    @Option(
            names = "--settings",
            paramLabel = "<file>",
            description = "Properties the platform will have (tongmai.bundles.<bundle>.<key>=…); with it, a setting"
                    + " without a value is a violation.")
    private Path settings;

    @Override
    public Integer call() throws Exception {
        return answer.of(() -> {
            try {
                return validate();
            } catch (IOException e) {
                return answer.unreadable("A file can not be read: " + e);
            }
        });
    }

    private int validate() throws IOException {
        BundleArchive archive = BundleFiles.read(bundle).archive();
        BundlePlan plan = BundleFiles.check(archive, overrides());
        List<Issue> issues = settings == null ? BundleFiles.forgivingMissingSettings(plan) : plan.violations();
        Map<String, Object> values = Map.of(
                "id", archive.id(),
                "version", archive.version(),
                "digest", archive.digest(),
                "routes", plan.routes().stream().map(CheckedRoute::id).toList());
        String text = archive.id() + " " + archive.version() + " keeps the rules, digest " + archive.digest();
        return BundleFiles.refused(issues) ? answer.refused(values, issues) : answer.done(text, values, issues);
    }

    private BundleOverrides overrides() throws IOException {
        if (settings == null) {
            return BundleOverrides.NONE;
        }
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(settings)) {
            properties.load(file);
        }
        return (id, key) -> Optional.ofNullable(properties.getProperty(BundleOverrides.property(id, key)));
    }
}
