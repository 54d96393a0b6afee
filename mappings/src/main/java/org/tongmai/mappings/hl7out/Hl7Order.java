package org.tongmai.mappings.hl7out;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What is to be written.
 *
 * @param event {@code ADT^A08}; empty for what the data say
 * @param charset of the bytes
 * @param controlId MSH-10; empty for the one of the bundle, else one of its own
 * @param at MSH-7 where the bundle has no time stamp
 */
public record Hl7Order(String event, Charset charset, String controlId, Instant at) {
    /** What the data say, in UTF-8. */
    public static Hl7Order ofData() {
        return new Hl7Order("", StandardCharsets.UTF_8, "", Instant.now());
    }

    /** The same with the event given. */
    public Hl7Order as(String wanted) {
        return new Hl7Order(wanted, charset, controlId, at);
    }
}
