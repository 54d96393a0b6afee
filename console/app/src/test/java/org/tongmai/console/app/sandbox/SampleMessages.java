package org.tongmai.console.app.sandbox;

import java.time.Instant;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/** Messages as the journal has them. */
final class SampleMessages {
    private SampleMessages() {}

    static ReceivedMessage received(byte[] raw) {
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(raw, null);
        return new ReceivedMessage(
                "hl7v2:message",
                raw,
                decoded.charset(),
                decoded.text(),
                Hl7Header.scan(decoded.text()).keys(),
                "",
                Instant.parse("2026-11-02T00:30:00Z"));
    }
}
