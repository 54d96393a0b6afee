package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** Deployed bundles as lines for people. */
final class BundleLines {
    private static final int SHORT_DIGEST = 12;

    private BundleLines() {}

    /** One bundle or a list of them. */
    static String of(JsonNode answer) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        if (answer.isArray()) {
            answer.forEach(each -> lines.add(line(each)));
        } else {
            lines.add(line(answer));
        }
        return lines.toString();
    }

    private static String line(JsonNode bundle) {
        StringBuilder line = new StringBuilder("%s %s generation %d, %s"
                .formatted(
                        bundle.path("id").asText(),
                        bundle.path("state").asText(),
                        bundle.path("generation").asLong(),
                        version(bundle.path("stable"))));
        if (bundle.path("canary").isObject()) {
            line.append(", canary ").append(version(bundle.path("canary")));
        }
        for (JsonNode node : bundle.path("nodes")) {
            line.append(System.lineSeparator())
                    .append("  %s %s %s"
                            .formatted(
                                    node.path("node").asText(),
                                    node.path("condition").asText(),
                                    digest(node.path("stable").asText())));
            node.path("issues")
                    .forEach(issue ->
                            line.append(System.lineSeparator()).append("    ").append(issue.asText()));
        }
        return line.toString();
    }

    private static String version(JsonNode version) {
        return version.path("version").asText() + " "
                + digest(version.path("digest").asText());
    }

    private static String digest(String digest) {
        return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
    }
}
