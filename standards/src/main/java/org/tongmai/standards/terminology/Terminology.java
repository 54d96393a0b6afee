package org.tongmai.standards.terminology;

import java.util.Map;
import java.util.Set;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.internal.TerminologyLoader;

/** All tables in force, immutable and safe for many threads. Replaced as a whole, never changed. */
public final class Terminology {
    private final Map<String, CodeSystem> codeSystems;
    private final Map<String, ConceptMap> conceptMaps;

    public Terminology(Map<String, CodeSystem> codeSystems, Map<String, ConceptMap> conceptMaps) {
        this.codeSystems = Map.copyOf(codeSystems);
        this.conceptMaps = Map.copyOf(conceptMaps);
    }

    /**
     * Loads the tables that come with this module.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static Terminology load() {
        return TerminologyLoader.packaged();
    }

    /**
     * Loads tables from texts, for uploads and tests.
     *
     * @param files path ({@code sources.csv}, {@code concept-maps/x.csv}) to content
     * @throws CodedException with every violation at once, each with file and line
     */
    public static Terminology load(Map<String, String> files) {
        return TerminologyLoader.fromTexts(files);
    }

    /** The code system with this name, for example {@code gbt-2261-1-sex}. */
    public CodeSystem codeSystem(String name) {
        return require(codeSystems, name);
    }

    /** The concept map with this name, for example {@code hl7-0001-to-administrative-gender}. */
    public ConceptMap conceptMap(String name) {
        return require(conceptMaps, name);
    }

    public boolean hasConceptMap(String name) {
        return conceptMaps.containsKey(name);
    }

    public Set<String> conceptMapNames() {
        return conceptMaps.keySet();
    }

    private static <T> T require(Map<String, T> tables, String name) {
        T table = tables.get(name);
        if (table == null) {
            throw new CodedException(Issue.of(TerminologyError.TABLE_MISSING, name, "no table has this name"));
        }
        return table;
    }
}
