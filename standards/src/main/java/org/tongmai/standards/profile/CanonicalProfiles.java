package org.tongmai.standards.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.internal.ProfileTables;

/**
 * The profiles that canonical resources keep, one for each type: FHIR R4 StructureDefinitions with differentials, made
 * of {@code profiles/profiles.csv}, {@code elements.csv} and {@code constraints.csv}. Snapshots are made by who
 * validates, from the FHIR definitions. Immutable.
 */
public final class CanonicalProfiles {
    /** What the URL of every canonical profile begins with; its id follows. */
    public static final String BASE = "https://tongmai.org/fhir/StructureDefinition/";

    private final Map<String, StructureDefinition> byType;

    private CanonicalProfiles(Map<String, StructureDefinition> byType) {
        this.byType = byType;
    }

    /**
     * Loads the packaged tables.
     *
     * @throws org.tongmai.standards.error.CodedException with every violation at once, each with file and line
     */
    public static CanonicalProfiles load(IdentifierSystems systems) {
        return new CanonicalProfiles(new TreeMap<>(ProfileTables.packaged(systems)));
    }

    /**
     * Loads tables from texts, for tests and uploads.
     *
     * @param files {@code profiles.csv}, {@code elements.csv} and {@code constraints.csv} with their contents
     * @throws org.tongmai.standards.error.CodedException with every violation at once, each with file and line
     */
    public static CanonicalProfiles load(IdentifierSystems systems, Map<String, String> files) {
        return new CanonicalProfiles(new TreeMap<>(ProfileTables.read(systems, files)));
    }

    /** The URL of the profile that resources of a type keep; empty for a type without one. */
    public Optional<String> url(String type) {
        return Optional.ofNullable(byType.get(type)).map(StructureDefinition::getUrl);
    }

    /** Copies of all definitions, by type. */
    public List<StructureDefinition> definitions() {
        List<StructureDefinition> copies = new ArrayList<>();
        byType.values().forEach(definition -> copies.add(definition.copy()));
        return copies;
    }
}
