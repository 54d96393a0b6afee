package org.tongmai.routes.engine.bundle.sandbox.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.capture.internal.MaskedMessage;
import org.tongmai.routes.engine.bundle.sandbox.capture.internal.MaskedResource;
import org.tongmai.routes.engine.bundle.sandbox.internal.JsonContent;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Replaces what says whose a message is by made-up values of the same shape: names, identifiers, addresses, telephone
 * numbers, dates of birth, free text, and everything in segments that HL7 does not know. Codes, numbers, times of events,
 * wards and organisations stay. The same value becomes the same wherever it stands in the message, and another one in the
 * next.
 */
public final class MessageMask {
    private static final String HL7 = "hl7v2:message";
    private static final String FHIR = "fhir:request";
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Random random;

    /** Makes up values that nobody can calculate back. */
    public MessageMask() {
        this(new SecureRandom());
    }

    /** @param random decides the values: for tests */
    MessageMask(Random random) {
        this.random = random;
    }

    /**
     * A masked message as a golden test sends it.
     *
     * @param ending of its file
     * @param content in the charset the message came in
     */
    public record Masked(String ending, byte[] content) {
        @Override
        public String toString() {
            return "Masked[" + ending + ", " + content.length + " bytes]";
        }
    }

    /**
     * The masked message.
     *
     * @throws CodedException {@link SandboxError#NOT_CAPTURED} for what is neither an HL7 v2 message with a header that can be
     *     read nor FHIR in JSON as a test can send it, or where something of the original would be left
     */
    public Masked mask(ReceivedMessage message) {
        return switch (message.format()) {
            case HL7 -> new Masked("hl7", hl7(message));
            case FHIR -> new Masked("json", fhir(message));
            default -> throw refused("format", "found " + message.format() + ", expected " + HL7 + " or " + FHIR);
        };
    }

    private byte[] hl7(ReceivedMessage message) {
        Hl7Header header = Hl7Header.scan(message.text());
        if (header.refused()) {
            throw refused(
                    header.issues().get(0).location(), header.issues().get(0).text());
        }
        MaskedMessage masked = new MaskedMessage(header.separators(), random);
        String text = masked.of(message.text());
        refuseLeft(masked.left());
        return text.getBytes(message.charset());
    }

    /** The journal has the request with its head; a test sends the body alone, as a POST. */
    private byte[] fhir(ReceivedMessage message) {
        int end = message.text().indexOf(END_OF_HEAD);
        String[] head = message.text().substring(0, Math.max(end, 0)).split("\r\n");
        String body = end < 0 ? "" : message.text().substring(end + END_OF_HEAD.length());
        ObjectNode root = JsonContent.parse(body.getBytes(StandardCharsets.UTF_8))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> refused("body", "expected JSON"));
        boolean conditional = Arrays.stream(head).anyMatch(line -> line.startsWith("if-"));
        if (conditional || !head[0].equals("POST " + target(root) + " HTTP/1.1")) {
            throw refused("request", "expected a POST of a resource or Bundle, without conditions in its head");
        }
        MaskedResource masked = new MaskedResource(random);
        byte[] content = JsonContent.write(masked.of(root));
        refuseLeft(masked.left());
        return content;
    }

    /** Where a body alone is sent to (FHIR R4, RESTful API: create, transaction; Messaging). */
    private static String target(ObjectNode root) {
        String type = root.path("resourceType").asText();
        if (!type.equals("Bundle")) {
            return "/" + type;
        }
        return root.path("type").asText().equals("message") ? "/$process-message" : "/";
    }

    private static void refuseLeft(String left) {
        if (!left.isEmpty()) {
            throw refused(left, "the same value stands elsewhere and can not be replaced there");
        }
    }

    private static CodedException refused(String location, String detail) {
        return new CodedException(Issue.of(SandboxError.NOT_CAPTURED, location, detail));
    }
}
