package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.StringJoiner;
import org.tongmai.standards.hl7v2.Hl7Value;

/** The functions of {@code call:} that say what a message is and who speaks to whom. */
final class HeaderFunctions {
    private HeaderFunctions() {}

    static void register(Map<String, RowPlan.ValueWriter> byName) {
        byName.put("message-type", (run, row, value) -> Writers.text(type(value, 3)));
        byName.put("message-title", (run, row, value) -> TextNode.valueOf("message - " + type(value, 3)));
        byName.put("event-title", (run, row, value) -> TextNode.valueOf("event - :" + type(value, 2)));
        byName.put(
                "message-definition",
                (run, row, value) -> TextNode.valueOf("http://terminology.hl7.org/CodeSystem/v2-0354#" + value.text()));
        byName.put("message-urn", (run, row, value) -> TextNode.valueOf(urn(run)));
        byName.put("message-identifier-system", (run, row, value) -> TextNode.valueOf(system(run)));
        byName.put("endpoint", (run, row, value) -> endpoint(value));
        byName.put("endpoint-title", (run, row, value) -> TextNode.valueOf(title(value)));
    }

    private static String type(Hl7Value msg, int parts) {
        StringJoiner out = new StringJoiner("^");
        for (int part = 1; part <= parts; part++) {
            out.add(msg.component(part).text());
        }
        return out.toString();
    }

    /** Control identifiers are unique within a sender (MSH-10). */
    private static String system(MapRun run) {
        return "urn:tongmai:" + IdentifierSystems.name(run.message().sender()) + ":message";
    }

    /** Where the journal keeps the message. */
    private static String urn(MapRun run) {
        return system(run) + ":" + IdentifierSystems.name(run.message().controlId());
    }

    private static JsonNode endpoint(Hl7Value hd) {
        String id = hd.component(2).text();
        String written = id.strip().replaceAll("\\s", "%20");
        String uri = IdentifierSystems.uriOf(id);
        return switch (hd.component(3).text()) {
            case "ISO", "UUID" -> Writers.text(uri == null ? written : uri);
            case "DNS" -> TextNode.valueOf("urn:dns:" + written);
            case "URI" -> TextNode.valueOf("urn:uri:" + written);
            default -> Writers.text(written);
        };
    }

    private static String title(Hl7Value hd) {
        return hd.component(1).text() + " - " + hd.component(3).text() + ":"
                + hd.component(2).text();
    }
}
