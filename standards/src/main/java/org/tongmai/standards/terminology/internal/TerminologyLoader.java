package org.tongmai.standards.terminology.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyError;

/**
 * Reads {@code sources.csv} and the tables it names, and refuses what is wrong, all violations at once. Tables may lie
 * in layers: a later layer adds tables to the earlier ones or takes their place.
 */
public final class TerminologyLoader {
    private static final String ROOT = "/org/tongmai/standards/";

    private final List<Map<String, String>> layers;
    private final Refusals refusals = new Refusals();
    private final PropertyRows properties = new PropertyRows();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, CodeSystem> codeSystems = new HashMap<>();
    private final Map<String, CodeSystem> systemsByUri = new HashMap<>();
    private final Map<String, ConceptMap> conceptMaps = new HashMap<>();

    private TerminologyLoader(List<Map<String, String>> layers) {
        this.layers = layers;
    }

    /** The tables packaged with this module: path to text. */
    public static Map<String, String> packaged() {
        Map<String, String> texts = new HashMap<>();
        String sources = resource(Source.FILE);
        texts.put(Source.FILE, sources);
        texts.put(PropertyRows.FILE, resource(PropertyRows.FILE));
        Refusals ignored = new Refusals(); // what is wrong is told when the texts are loaded
        CsvTable table = CsvTable.read(Source.FILE, sources);
        for (CsvTable.Row row : table.rows()) {
            Source source = Source.read(table, row, ignored);
            String text = source == null ? null : resource(source.file());
            if (text != null) {
                texts.put(source.file(), text);
            }
        }
        return texts;
    }

    /** Loads layers of tables, each a map of path to text. A table that no row of a sources.csv names is a violation. */
    public static Terminology load(List<Map<String, String>> layers) {
        return new TerminologyLoader(layers).load();
    }

    private Terminology load() {
        layers.forEach(this::readLists);
        for (Map<String, String> layer : layers) {
            for (String file : layer.keySet()) {
                boolean list = file.equals(Source.FILE) || file.equals(PropertyRows.FILE);
                if (!list && !sources.containsKey(file)) {
                    refusals.refuse(TerminologyError.SOURCE_MISSING, file, 1, "expected a row in sources.csv");
                }
            }
        }
        sources.values().stream().filter(source -> source.kind().codes()).forEach(this::addCodeSystem);
        ValueSetRows valueSets = new ValueSetRows(codeSystems, refusals);
        each(Kind.CONCEPT_MAP, this::addConceptMap);
        each(Kind.VALUE_SET, valueSets::add);
        each(Kind.LOCAL_DICTIONARY, this::addLocal);
        Terminology terminology = new Terminology(codeSystems, conceptMaps, valueSets.resolve());
        refusals.throwIfAny();
        return terminology;
    }

    private void readLists(Map<String, String> layer) {
        CsvTable lists = table(layer, Source.FILE);
        if (lists != null && refusals.headerIs(lists, Source.HEADER)) {
            Map<String, Source> own = new LinkedHashMap<>();
            for (CsvTable.Row row : lists.rows()) {
                Source source = Source.read(lists, row, refusals);
                if (source != null && own.put(source.file(), source) != null) {
                    refusals.refuse(TerminologyError.DUPLICATE_CODE, lists, row.line(), "kind and table repeat");
                }
            }
            sources.putAll(own);
        }
        CsvTable schema = table(layer, PropertyRows.FILE);
        if (schema != null) {
            properties.read(schema, refusals);
        }
    }

    private interface Reader {
        void read(Source source, CsvTable table);
    }

    private void each(Kind kind, Reader reader) {
        for (Source source : sources.values()) {
            if (source.kind() == kind) {
                CsvTable table = table(source);
                if (table != null) {
                    reader.read(source, table);
                }
            }
        }
    }

    private void addCodeSystem(Source source) {
        CodeSystem.Content content = source.content();
        if (content == null || source.system().isBlank()) {
            refusals.refuse(
                    TerminologyError.BAD_CELL,
                    source.at(),
                    source.row().line(),
                    "system is empty, or content is not complete, fragment or not-present");
            return;
        }
        boolean absent = content == CodeSystem.Content.NOT_PRESENT;
        CsvTable table = absent ? new CsvTable(source.file(), CodeSystemRows.HEADER, List.of(), 0) : table(source);
        if (table == null) {
            return;
        }
        CodeSystem system = new CodeSystemRows(properties, refusals).read(source, content, table);
        if (codeSystems.put(source.table(), system) != null || systemsByUri.put(source.system(), system) != null) {
            refusals.refuse(
                    TerminologyError.DUPLICATE_CODE,
                    source.at(),
                    source.row().line(),
                    "another table has this name or this system");
        }
    }

    private void addConceptMap(Source source, CsvTable table) {
        ConceptMap.Policy policy = source.policy();
        if (policy == null) {
            refusals.refuse(
                    TerminologyError.BAD_CELL,
                    source.at(),
                    source.row().line(),
                    "policy is not refuse, keep or default:<code>");
            return;
        }
        Map<String, ConceptMap.Target> targets = new ConceptMapRows(systemsByUri, refusals).read(table);
        conceptMaps.put(source.table(), new ConceptMap(source.table(), policy, source.origin(), targets));
    }

    private void addLocal(Source source, CsvTable table) {
        ConceptMap map = conceptMaps.get(source.table());
        if (map == null) {
            refusals.refuse(TerminologyError.BROKEN_INCLUDE, table, 1, "no concept map has this name");
            return;
        }
        conceptMaps.put(source.table(), map.with(new ConceptMapRows(systemsByUri, refusals).readLocal(table, map)));
    }

    /** The text of a table in the last layer that has it. */
    private CsvTable table(Source source) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            CsvTable table = table(layers.get(i), source.file());
            if (table != null) {
                return table;
            }
        }
        refusals.refuse(
                TerminologyError.TABLE_MISSING, source.at(), source.row().line(), "no file " + source.file());
        return null;
    }

    private CsvTable table(Map<String, String> layer, String file) {
        String text = layer.get(file);
        if (text == null) {
            return null;
        }
        CsvTable table = CsvTable.read(file, text);
        if (table.openQuote() > 0) {
            refusals.refuse(TerminologyError.BAD_CELL, file, table.openQuote(), "a quote is not closed");
        }
        if (text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0) {
            refusals.refuse(TerminologyError.BAD_CELL, file, 1, "the text is not clean UTF-8");
        }
        return table;
    }

    private static String resource(String path) {
        try (InputStream in = TerminologyLoader.class.getResourceAsStream(ROOT + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }
}
