package org.tongmai.console.server.convert;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.FollowingTables;
import org.tongmai.standards.terminology.Terminology;

/** The conversions by name, {@code <from>-to-<to>}; each compiles its maps when it is first asked. */
public final class Converters {
    private final Map<String, Converter> byName = new TreeMap<>();

    /** @param tables the tables in force; asked at every conversion */
    public Converters(Supplier<Terminology> tables) {
        MappingSettings defaults = MappingSettings.defaults();
        MappingSettings whole = new MappingSettings(defaults.zone(), defaults.overlays(), Extent.WHOLE);
        FollowingTables<MappingEngine> hl7 = new FollowingTables<>(tables, with -> MappingEngine.compile(with, whole));
        FollowingTables<CdaMappings> cda = new FollowingTables<>(tables, with -> CdaMappings.compile(with, defaults));
        FollowingTables<Hl7OutMappings> out =
                new FollowingTables<>(tables, with -> Hl7OutMappings.compile(with, whole));
        byName.put("fhir-to-hl7v2", new FhirToHl7(out));
        byName.put("hl7v2-to-fhir", new Hl7ToFhir(hl7));
        byName.put("cda-to-fhir", (body, options) -> Conversion.bundle(cda.get().read(body)));
        byName.put("fhir-to-cda", new FhirToCda(cda));
    }

    /** The names of all conversions, sorted. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * Converts.
     *
     * @param name one of {@link #names()}
     * @param body bytes as received
     * @param options {@code lineage=true} where the conversion explains itself; {@code type} of a document
     * @throws CodedException when there is no such conversion, or the body is refused
     */
    public Conversion convert(String name, byte[] body, Map<String, String> options) {
        Converter converter = byName.get(name);
        if (converter == null) {
            throw new CodedException(
                    Issue.of(ConsoleError.NO_SUCH_CONVERSION, "name", "expected one of " + byName.keySet()));
        }
        return converter.convert(body, options);
    }
}
