package org.tongmai.console.server.convert;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.mappings.Lineage;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
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
        Conversion conversion = Conversion.bundle(explained.bundle()).noticing(read.issues());
        List<Lineage> origins = explained.of(options.getOrDefault("element", ""));
        if (origins.size() <= Lineage.MOST) {
            return conversion.explainedBy(origins);
        }
        String detail = "found " + origins.size() + " origins, told " + Lineage.MOST + ": name an element";
        return conversion
                .noticing(List.of(new Issue(ConsoleError.TOO_MUCH, Severity.WARNING, "element", detail)))
                .explainedBy(origins.subList(0, Lineage.MOST));
    }
}
