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
 * @param version MSH-12: {@code 2.5.1}, or {@code 2.9}, which has more segments and fields
 */
public record Hl7Order(String event, Charset charset, String controlId, Instant at, String version) {
    /** What receivers take when nobody says another version. */
    public static final String VERSION = "2.5.1";

    /** In the version that receivers take. */
    public Hl7Order(String event, Charset charset, String controlId, Instant at) {
        this(event, charset, controlId, at, VERSION);
    }

    /** What the data say, in UTF-8. */
    public static Hl7Order ofData() {
        return new Hl7Order("", StandardCharsets.UTF_8, "", Instant.now());
    }

    /** The same with the event given. */
    public Hl7Order as(String wanted) {
        return new Hl7Order(wanted, charset, controlId, at, version);
    }

    /** The same in another version. */
    public Hl7Order in(String wanted) {
        return new Hl7Order(event, charset, controlId, at, wanted);
    }
}
