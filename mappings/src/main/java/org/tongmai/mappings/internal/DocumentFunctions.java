package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Named functions for documents and for what is kept as it came. */
final class DocumentFunctions {
    static final Map<String, RowPlan.ValueWriter> BY_NAME = Map.of(
            "document-text", (run, row, value) -> firstOfText(run) ? data(documentText(run)) : null,
            "document-text-type", (run, row, value) -> firstOfText(run) ? TextNode.valueOf("text/plain") : null,
            "text-data", (run, row, value) -> data(value.whole()),
            "coded-comment-data", (run, row, value) -> data(codedComment(value)),
            "segment-data", (run, row, value) -> data(segment(run.currentSegment())),
            "presentation-media-type", DocumentFunctions::mediaType,
            "sender-url",
                    (run, row, value) -> TextNode.valueOf("urn:tongmai:"
                            + IdentifierSystems.name(run.message().sender()) + ":"
                            + run.plan().type() + ":"
                            + IdentifierSystems.name(value.text())));

    private static final Set<String> OWN_CONTENT = Set.of("ED", "RP");

    private DocumentFunctions() {}

    /** Whether the OBX in hand is the first of the document's text, which the others continue. */
    private static boolean firstOfText(MapRun run) {
        String document = "document-text " + run.target().path("id").asText();
        return isText(run.currentSegment()) && run.message().position(document, run) == 0;
    }

    /** The text of all OBX, a line each. */
    private static String documentText(MapRun run) {
        StringJoiner text = new StringJoiner("\n");
        for (Hl7Segment segment : run.scope().segments()) {
            if (isText(segment)) {
                segment.field(5).repetitions().forEach(line -> text.add(line.whole()));
            }
        }
        return text.toString();
    }

    private static boolean isText(Hl7Segment segment) {
        return segment.is("OBX")
                && !OWN_CONTENT.contains(segment.field(2).text())
                && !segment.field(5).isEmpty();
    }

    private static JsonNode data(String text) {
        return text.isEmpty() ? null : Functions.base64(text);
    }

    /** The segment as it came, for what is asked has no fixed fields. */
    private static String segment(Hl7Segment segment) {
        StringBuilder out = new StringBuilder(segment.name());
        for (int i = 1; i <= segment.fieldCount(); i++) {
            out.append('|').append(segment.field(i).raw());
        }
        return out.toString();
    }

    /** The guide's NTE-9.9, then NTE-9.1 to 9.3 joined by hyphens. */
    private static String codedComment(Hl7Value cwe) {
        StringJoiner coded = new StringJoiner("-");
        for (int part = 1; part <= 3; part++) {
            if (!cwe.component(part).isEmpty()) {
                coded.add(cwe.component(part).text());
            }
        }
        String original = cwe.component(9).text();
        return original.isEmpty() ? coded.toString() : original + "\n" + coded;
    }

    /** TXA-3 (HL7 table 0191) as a media type; null for what has none. */
    private static JsonNode mediaType(MapRun run, RowPlan row, Hl7Value value) {
        String type = value.text();
        List<String> plain = List.of("TX", "TEXT", "FT");
        return Writers.text(type.contains("/") ? type : plain.contains(type) ? "text/plain" : "");
    }
}
