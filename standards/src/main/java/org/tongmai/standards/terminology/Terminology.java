package org.tongmai.standards.terminology;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.internal.TerminologyLoader;

/** All tables in force, immutable and safe for many threads. Replaced as a whole, never changed. */
public final class Terminology {
    private final Map<String, CodeSystem> codeSystems;
    private final Map<String, ConceptMap> conceptMaps;
    private final Map<String, ValueSet> valueSets;
    private final Map<String, CodeSystem> systemsByUri = new HashMap<>();
    private final Map<String, ValueSet> setsByUri = new HashMap<>();

    public Terminology(
            Map<String, CodeSystem> codeSystems, Map<String, ConceptMap> conceptMaps, Map<String, ValueSet> valueSets) {
        this.codeSystems = new TreeMap<>(codeSystems);
        this.conceptMaps = new TreeMap<>(conceptMaps);
        this.valueSets = new TreeMap<>(valueSets);
        codeSystems.values().forEach(system -> systemsByUri.put(system.uri(), system));
        valueSets.values().forEach(set -> setsByUri.put(set.uri(), set));
    }

    /**
     * Loads the tables that come with this module.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static Terminology load() {
        return TerminologyLoader.load(List.of(TerminologyLoader.packaged()));
    }

    /**
     * Loads tables from texts, for tests.
     *
     * @param files path ({@code sources.csv}, {@code concept-maps/x.csv}) to content
     * @throws CodedException with every violation at once, each with file and line
     */
    public static Terminology load(Map<String, String> files) {
        return TerminologyLoader.load(List.of(files));
    }

    /**
     * Loads the tables that come with this module, and layers above them whose tables are added or take their place.
     *
     * @param layers each a map of path to content; the last counts most
     * @throws CodedException with every violation at once, each with file and line
     */
    public static Terminology loadWith(List<Map<String, String>> layers) {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(TerminologyLoader.packaged());
        all.addAll(layers);
        return TerminologyLoader.load(all);
    }

    /** The code system with this name, for example {@code gbt-2261-1-sex}. */
    public CodeSystem codeSystem(String name) {
        return require(codeSystems, name);
    }

    /** The concept map with this name, for example {@code hl7-0001-to-administrative-gender}. */
    public ConceptMap conceptMap(String name) {
        return require(conceptMaps, name);
    }

    /** The value set with this name, for example {@code shanghai-districts}. */
    public ValueSet valueSet(String name) {
        return require(valueSets, name);
    }

    /** The code system with this name or URI, or null. */
    public CodeSystem findCodeSystem(String nameOrUri) {
        CodeSystem named = codeSystems.get(nameOrUri);
        return named != null ? named : systemsByUri.get(nameOrUri);
    }

    /** The value set with this name or URI, or null. */
    public ValueSet findValueSet(String nameOrUri) {
        ValueSet named = valueSets.get(nameOrUri);
        return named != null ? named : setsByUri.get(nameOrUri);
    }

    public boolean hasConceptMap(String name) {
        return conceptMaps.containsKey(name);
    }

    public Set<String> conceptMapNames() {
        return conceptMaps.keySet();
    }

    /** All code systems by name: those of code tables, data elements and OIDs. */
    public Map<String, CodeSystem> codeSystems() {
        return Collections.unmodifiableMap(codeSystems);
    }

    /** All concept maps by name. */
    public Map<String, ConceptMap> conceptMaps() {
        return Collections.unmodifiableMap(conceptMaps);
    }

    /** All value sets by name. */
    public Map<String, ValueSet> valueSets() {
        return Collections.unmodifiableMap(valueSets);
    }

    /**
     * The entry of a code on a day.
     *
     * @param system name or URI
     * @param day null for no day: the first entry of the table
     * @throws CodedException when there is no such system, when nobody has supplied it, or when it has no such code
     */
    public CodeSystem.Entry lookup(String system, String code, LocalDate day) {
        CodeSystem found = require(supplied(findCodeSystem(system)), system);
        CodeSystem.Entry entry = found.entry(code, day);
        if (entry == null) {
            throw new CodedException(Issue.of(TerminologyError.CODE_UNKNOWN, found.name(), "not in force that day"));
        }
        return entry;
    }

    /** The code system itself; refuses one whose list nobody has uploaded. Null stays null. */
    public static CodeSystem supplied(CodeSystem system) {
        if (system != null && system.content() == CodeSystem.Content.NOT_PRESENT) {
            throw new CodedException(Issue.of(
                    TerminologyError.NOT_SUPPLIED,
                    system.name(),
                    "upload code-systems/" + system.name() + ".csv with content complete or fragment"));
        }
        return system;
    }

    private static <T> T require(Map<String, T> tables, String name) {
        return require(tables.get(name), name);
    }

    private static <T> T require(T table, String name) {
        if (table == null) {
            throw new CodedException(Issue.of(TerminologyError.TABLE_MISSING, name, "no table has this name"));
        }
        return table;
    }
}
