package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffReport;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a bundle with the version that runs, over messages of the journal. */
@Command(
        name = "diff",
        description =
                "Run messages of a platform's journal through a bundle and through the version that runs, and show"
                        + " every field that comes out otherwise. Nothing is sent anywhere, nothing is stored.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:compared", "1:refused", "2:wrong arguments, or a platform that can not be reached"})
final class BundleDiffCommand implements Callable<Integer> {
    @Mixin
    private BundleSource source;

    @Mixin
    private PlatformAccess platform;

    @Option(
            names = "--span",
            paramLabel = "<name>=<value>",
            description = "Which messages: from=<time>, to=<time> (2026-11-20T08:00:00+08:00), feed=<route>,"
                    + " type=ADT^A01, limit=<number>; default: the newest 10000 of the bundle's feeds.")
    private Map<String, String> span = new TreeMap<>();

    @Option(
            names = "--tenant",
            paramLabel = "<name>",
            defaultValue = "",
            description = "Whose instance, of a bundle that is deployed for each tenant.")
    private String tenant;

    @Option(names = "--csv", paramLabel = "<file>", description = "Write the sign-off sheet as CSV.")
    private Path csv;

    @Option(names = "--html", paramLabel = "<file>", description = "Write the sign-off sheet as a page to print.")
    private Path html;

    @Override
    public Integer call() throws IOException {
        byte[] zip = BundleZip.write(source.read(), Optional.empty());
        Map<String, String> asked = new TreeMap<>(span);
        asked.put("tenant", tenant);
        String query = asked.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return platform.post("/api/bundles/diff?" + query, zip, this::text);
    }

    private String text(JsonNode answer) {
        try {
            DiffReport report = new ObjectMapper().treeToValue(answer, DiffReport.class);
            if (csv != null) {
                Files.writeString(csv, DiffSheet.csv(report), StandardCharsets.UTF_8);
            }
            if (html != null) {
                Files.writeString(html, DiffSheet.html(report), StandardCharsets.UTF_8);
            }
            return text(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(DiffReport report) {
        StringBuilder text = new StringBuilder();
        for (DiffReport.Change change : report.changes()) {
            DiffReport.Sample sample = change.samples().get(0);
            text.append(String.format(
                    "%s %s %s: %d messages, for example \"%s\" -> \"%s\"%n",
                    change.messageType(),
                    change.output(),
                    change.field(),
                    change.count(),
                    sample.before(),
                    sample.after()));
        }
        text.append(report.messages())
                .append(" messages in ")
                .append(report.milliseconds())
                .append(" ms, ");
        text.append(report.changed())
                .append(" changed in ")
                .append(report.changes().size())
                .append(" fields");
        return text.toString();
    }
}
