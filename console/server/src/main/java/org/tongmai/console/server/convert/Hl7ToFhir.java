package org.tongmai.console.server.convert;

import java.util.Map;
import java.util.function.Supplier;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.hl7v2.Hl7Body;

/** One HL7 v2 message as a FHIR message bundle with everything that is mapped, and where it came from on request. */
final class Hl7ToFhir implements Converter {
    private final Supplier<MappingEngine> engine;

    Hl7ToFhir(Supplier<MappingEngine> engine) {
        this.engine = engine;
    }

    @Override
    public Conversion convert(byte[] body, Map<String, String> options) {
        Hl7Body.Read read = Hl7Body.read(body);
        if (!Boolean.parseBoolean(options.getOrDefault("lineage", "false"))) {
            return Conversion.bundle(engine.get().map(read.message())).noticing(read.issues());
        }
        MappingEngine.Explanation explained = engine.get().explain(read.message());
        return Conversion.bundle(explained.bundle())
                .noticing(read.issues())
                .explainedBy(explained.of(options.getOrDefault("element", "")));
    }
}
