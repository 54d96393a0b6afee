package org.tongmai.standards.hl7v2;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.tongmai.standards.hl7v2.internal.CharsetNames;

/** Names of charsets as MSH-18 has them (HL7 table 0211). */
public final class Hl7Charsets {
    private static final Map<Charset, String> NAMES = Map.of(
            StandardCharsets.UTF_8, "UNICODE UTF-8",
            StandardCharsets.ISO_8859_1, "8859/1",
            StandardCharsets.US_ASCII, "ASCII",
            CharsetNames.GB18030, "GB 18030-2000",
            CharsetNames.BIG5, "BIG-5");

    private Hl7Charsets() {}

    /** What MSH-18 says for a charset. */
    public static String name(Charset charset) {
        return NAMES.getOrDefault(charset, charset.name());
    }

    /** The charset of a name, whoever's spelling it is; null for one that nobody knows. */
    public static Charset find(String name) {
        return CharsetNames.find(name);
    }
}
