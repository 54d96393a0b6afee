package org.tongmai.adapters.hl7mllp.internal;

import java.nio.charset.Charset;
import java.util.List;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/** Answers frames that are refused before there is a message: as far as their head can be read. */
public final class Refusals {
    private final Hl7Acknowledgement acknowledgement;
    private final Charset charset;

    /** @param charset of the connection; null when none is configured */
    public Refusals(Hl7Acknowledgement acknowledgement, Charset charset) {
        this.acknowledgement = acknowledgement;
        this.charset = charset;
    }

    byte[] answer(Frame.Broken broken) {
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(broken.head(), charset);
        Hl7Header header = Hl7Header.scan(decoded.text());
        Outcome refused = new Outcome(Outcome.Disposition.REFUSED, 0, List.of(broken.reason()));
        return acknowledgement.write(header, decoded.charset(), refused, Hl7Acknowledgement.Level.APPLICATION);
    }
}
