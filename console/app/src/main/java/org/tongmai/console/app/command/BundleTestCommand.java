package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.tongmai.console.app.sandbox.PackagedPlatform;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenReport;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the golden tests of a bundle as a deployment would, without a platform. */
@Command(
        name = "test",
        description = "Run the golden tests of a bundle: what test/<case>.hl7 or .json leads to is compared with"
                + " test/<case>.ack.hl7, .canonical.json, .issues.json and .<destination>.<ending>, where they are.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all tests passed",
            "1:a test failed, or the bundle breaks a rule",
            "2:wrong arguments, or a file that can not be used"
        })
final class BundleTestCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Mixin
    private BundleSource source;

    @Option(
            names = "--write",
            description = "Write what came out as what is expected, then test; * stands where it differs each time."
                    + " Read the diff.")
    private boolean write;

    @Override
    public Integer call() throws Exception {
        if (write && !source.folder()) {
            return answer.unreadable("--write: expected a folder, not a zip");
        }
        return answer.of(() -> {
            try {
                SandboxPlatform platform = PackagedPlatform.load();
                if (write) {
                    write(platform);
                }
                return answered(GoldenSuite.run(source.read(), BundleOverrides.NONE, platform));
            } catch (IOException e) {
                return answer.unreadable("The bundle can not be read: " + e);
            }
        });
    }

    private int answered(GoldenReport report) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bundle", report.bundle());
        values.put("digest", report.digest());
        List<Object> cases = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (GoldenReport.Result each : report.cases()) {
            boolean passed = each.failures().isEmpty();
            cases.add(Map.of("name", each.name(), "passed", passed));
            text.append(passed ? "passed " : "FAILED ").append(each.name()).append('\n');
        }
        values.put("cases", cases);
        values.put("coverage", report.coverage().figures());
        values.put("stepsMissed", report.coverage().steps().missed());
        values.put(
                "rowsMissed",
                report.coverage().ownMissed(report.bundle()).stream()
                        .map(Object::toString)
                        .toList());
        values.put("milliseconds", report.took().toMillis());
        text.append(report.cases().size()).append(" tests of ").append(report.bundle());
        report.coverage()
                .figures()
                .forEach((name, figure) ->
                        text.append(", ").append(name).append(' ').append(figure));
        report.coverage().steps().missed().forEach(step -> text.append("\nnot run: ")
                .append(step));
        report.coverage().ownMissed(report.bundle()).forEach(row -> text.append("\nnot run: ")
                .append(row));
        int done = answer.done(text.toString(), values, report.failures());
        return report.passed() ? done : CommandAnswer.REFUSED;
    }

    private void write(SandboxPlatform platform) throws IOException {
        BundleArchive archive = source.read();
        try (GoldenSuite suite = GoldenSuite.open(archive, BundleOverrides.NONE, platform)) {
            for (String name : suite.cases()) {
                SortedMap<String, byte[]> written = suite.written(name);
                for (String old : suite.expectations(name)) {
                    if (!written.containsKey(old)) {
                        Files.delete(source.path().resolve(old));
                    }
                }
                for (Map.Entry<String, byte[]> file : written.entrySet()) {
                    Path target = source.path().resolve(file.getKey());
                    Files.write(target, file.getValue());
                }
            }
        }
    }
}
