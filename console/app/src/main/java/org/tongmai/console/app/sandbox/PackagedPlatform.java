package org.tongmai.console.app.sandbox;

import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhirvalidation.HapiResourceValidator;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.routes.engine.bundle.sandbox.NothingStored;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.standards.terminology.Terminology;

/** The packaged tables and maps, without a database: what the command line and the build test bundles with. */
public final class PackagedPlatform {
    private PackagedPlatform() {}

    /** The maps alone; takes a second. */
    public static MappingEngine mappings() {
        return MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
    }

    /** Loads and compiles; takes a second. */
    public static SandboxPlatform load() {
        Terminology tables = Terminology.load();
        MappingSettings settings = MappingSettings.defaults();
        MappingEngine mappings = MappingEngine.compile(tables, settings);
        NothingStored stored = new NothingStored();
        PlatformTypes types = new PlatformTypes(
                mappings,
                CdaMappings.compile(tables, settings),
                new PlatformTypes.Requests(
                        stored,
                        new HapiResourceValidator(ValidationSettings.defaults(), tables, stored),
                        FhirSettings.defaults()));
        return new SandboxPlatform(types, mappings);
    }
}
