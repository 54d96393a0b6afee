package org.tongmai.routes.engine.bundle.sandbox.capture;

import java.security.SecureRandom;
import java.util.Random;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.capture.internal.MaskedMessage;
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
    private static final String FORMAT = "hl7v2:message";

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
     * The masked message in the charset it came in.
     *
     * @throws CodedException {@link SandboxError#NOT_CAPTURED} for what is not an HL7 v2 message with a header that can be
     *     read, or where something of the original would be left
     */
    public byte[] mask(ReceivedMessage message) {
        if (!message.format().equals(FORMAT)) {
            throw refused("format", "found " + message.format() + ", expected " + FORMAT);
        }
        Hl7Header header = Hl7Header.scan(message.text());
        if (header.refused()) {
            throw refused(
                    header.issues().get(0).location(), header.issues().get(0).text());
        }
        MaskedMessage masked = new MaskedMessage(header.separators(), random);
        String text = masked.of(message.text());
        if (!masked.left().isEmpty()) {
            throw refused(masked.left(), "the same value stands elsewhere and can not be replaced there");
        }
        return text.getBytes(message.charset());
    }

    private static CodedException refused(String location, String detail) {
        return new CodedException(Issue.of(SandboxError.NOT_CAPTURED, location, detail));
    }
}
