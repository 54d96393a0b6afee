package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the platform read its audit log anew, part by part, and says what is not as it was written. */
@Command(
        name = "verify",
        description = "Read the audit log anew: every record, every link of the chain, every signature.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything is as it was written",
            "1:something is not, or refused",
            "2:wrong arguments, or a platform that can not be reached"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    private PlatformAccess platform;

    @Option(
            names = "--node",
            defaultValue = "",
            paramLabel = "<node>",
            description = "Its chain only; all unless said.")
    private String node;

    @Option(
            names = "--from",
            paramLabel = "<day>",
            description = "First day (UTC+8), for example 2026-11-20; the first that is kept unless said.")
    private LocalDate from;

    @Option(names = "--to", paramLabel = "<day>", description = "Last day; today unless said.")
    private LocalDate to;

    private String next = "";
    private boolean intact = true;

    @Override
    public Integer call() {
        int done;
        do {
            done = platform.get(
                    "/api/audit/verify?node=" + encoded(node) + days() + "&after=" + encoded(next), this::read);
        } while (done == CommandAnswer.DONE && !next.isEmpty());
        return done == CommandAnswer.DONE && !intact ? CommandAnswer.REFUSED : done;
    }

    private String read(JsonNode verdict) {
        next = verdict.path("next").asText();
        intact &= verdict.path("intact").asBoolean();
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        for (JsonNode finding : verdict.path("findings")) {
            lines.add("%s %s block %d record %d checkpoint %d: %s"
                    .formatted(
                            finding.path("kind").asText(),
                            finding.path("node").asText(),
                            finding.path("block").asLong(),
                            finding.path("record").asInt(),
                            finding.path("checkpoint").asLong(),
                            finding.path("detail").asText()));
        }
        for (JsonNode chain : verdict.path("chains")) {
            lines.add("%s: %d blocks, signed up to %d; keys: %s, checkpoint file: %s"
                    .formatted(
                            chain.path("node").asText(),
                            chain.path("block").asLong(),
                            chain.path("signed").asLong(),
                            chain.path("keys").asText(),
                            chain.path("file").asText()));
        }
        return lines.add("%s: %d blocks, %d records, %d checkpoints read"
                        .formatted(
                                verdict.path("intact").asBoolean() ? "intact" : "NOT INTACT",
                                verdict.path("blocks").asLong(),
                                verdict.path("records").asLong(),
                                verdict.path("checkpoints").asLong()))
                .toString();
    }

    private String days() {
        return (from == null ? "" : "&from=" + from) + (to == null ? "" : "&to=" + to);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
