package org.tongmai.adapters.hl7mllp.internal;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/** Answers what is refused before, or instead of, being processed: as far as its head can be read. */
public final class Refusals {
    private static final int HEAD = 4096;

    private final AcknowledgementMode mode;
    private final Charset charset;

    /** @param charset of the connection; null when none is configured */
    public Refusals(AcknowledgementMode mode, Charset charset) {
        this.mode = mode;
        this.charset = charset;
    }

    /** As much of a frame or message as is needed to answer it. */
    static byte[] head(byte[] content) {
        return content.length <= HEAD ? content : Arrays.copyOf(content, HEAD);
    }

    List<byte[]> answers(byte[] content, Issue reason) {
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(head(content), charset);
        Hl7Header header = Hl7Header.scan(decoded.text());
        return mode.answers(header, decoded.charset(), new Outcome(Outcome.Disposition.REFUSED, 0, List.of(reason)));
    }
}
