package org.tongmai.console.app.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives a version a share of the traffic. */
@Command(
        name = "canary",
        description =
                "Give a version a share of the traffic; it is rolled back when it breaks the bound of its manifest.")
final class BundleCanaryCommand extends BundleDeployCommand {
    @ArgGroup(multiplicity = "1")
    private Share share;

    /** One of the three. */
    static final class Share {
        @Option(names = "--percent", paramLabel = "<n>", description = "Of the patients.")
        private Double percent;

        @Option(names = "--hospitals", split = ",", paramLabel = "<id>", description = "Sending facilities (MSH-4).")
        private List<String> hospitals;

        @Option(names = "--types", split = ",", paramLabel = "<type>", description = "Message types, as ADT^A01.")
        private List<String> types;
    }

    @Override
    public Integer call() {
        String said = share.percent != null
                ? "percent=" + share.percent
                : share.hospitals != null ? list("hospitals", share.hospitals) : list("types", share.types);
        return send("/api/bundles/canary?generation=" + generation() + "&" + said);
    }

    private static String list(String name, List<String> values) {
        return values.stream()
                .map(value -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
