package org.tongmai.console.server.convert;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.mappings.hl7out.Hl7Order;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.mappings.hl7out.Hl7Output;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Charsets;

/**
 * A FHIR bundle or resource as one HL7 v2 message. Options: {@code event=ADT^A08}, {@code charset} (what MSH-18 is to say),
 * {@code controlId}, {@code version=2.9} (what MSH-12 is to say).
 */
final class FhirToHl7 implements Converter {
    private final Supplier<Hl7OutMappings> mappings;

    FhirToHl7(Supplier<Hl7OutMappings> mappings) {
        this.mappings = mappings;
    }

    @Override
    public Conversion convert(byte[] body, Map<String, String> options) {
        Hl7Order order = new Hl7Order(
                options.getOrDefault("event", ""),
                charset(options.getOrDefault("charset", "")),
                options.getOrDefault("controlId", ""),
                Instant.now(),
                options.getOrDefault("version", Hl7Order.VERSION));
        Hl7Output message = mappings.get().write(Hl7OutMappings.read(body), order);
        return Conversion.text(message.text().getBytes(StandardCharsets.UTF_8), message.issues());
    }

    private static Charset charset(String name) {
        Charset charset = name.isEmpty() ? StandardCharsets.UTF_8 : Hl7Charsets.find(name);
        if (charset == null) {
            throw new CodedException(
                    Issue.of(ConsoleError.BAD_PARAMETER, "charset", "expected a name of HL7 table 0211"));
        }
        return charset;
    }
}
