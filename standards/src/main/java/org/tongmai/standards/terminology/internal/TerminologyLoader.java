package org.tongmai.standards.terminology.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyError;

/** Reads {@code sources.csv} and the tables it names, and refuses what is wrong, all violations at once. */
public final class TerminologyLoader {
    private static final String ROOT = "/org/tongmai/standards/";
    private static final String SOURCES = "sources.csv";
    private static final List<String> SOURCES_HEADER =
            List.of("kind", "table", "system", "policy", "title", "source", "retrieved");

    private final Function<String, String> files;
    private final List<Issue> issues = new ArrayList<>();
    private final Map<String, CodeSystem> codeSystems = new HashMap<>();
    private final Map<String, ConceptMap> conceptMaps = new HashMap<>();
    private final Set<String> named = new HashSet<>();

    private TerminologyLoader(Function<String, String> files) {
        this.files = files;
    }

    /** Loads the tables packaged with this module. */
    public static Terminology packaged() {
        return new TerminologyLoader(TerminologyLoader::resource).load(Set.of());
    }

    /** Loads tables from texts by path; a table file no row of {@code sources.csv} names is a violation. */
    public static Terminology fromTexts(Map<String, String> texts) {
        return new TerminologyLoader(texts::get).load(texts.keySet());
    }

    private Terminology load(Set<String> present) {
        String text = files.apply(SOURCES);
        if (text == null) {
            throw new CodedException(Issue.of(TerminologyError.TABLE_MISSING, SOURCES, "the file is absent"));
        }
        CsvTable sources = CsvTable.read(SOURCES, text);
        if (!sources.header().equals(SOURCES_HEADER)) {
            refuse(TerminologyError.BAD_HEADER, SOURCES, 1, "expected " + String.join(",", SOURCES_HEADER));
        } else {
            sources.rows().forEach(this::loadTable);
        }
        for (String file : present) {
            if (!file.equals(SOURCES) && !named.contains(file)) {
                refuse(TerminologyError.SOURCE_MISSING, file, 1, "expected a row in sources.csv");
            }
        }
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
        return new Terminology(codeSystems, conceptMaps);
    }

    private void loadTable(CsvTable.Row source) {
        if (source.cells().size() != SOURCES_HEADER.size()) {
            refuse(
                    TerminologyError.WRONG_WIDTH,
                    SOURCES,
                    source.line(),
                    "found " + source.cells().size() + " cells");
            return;
        }
        String kind = source.cell(0);
        String name = source.cell(1);
        if (source.cell(5).isBlank()) {
            refuse(TerminologyError.SOURCE_MISSING, SOURCES, source.line(), "the cell 'source' is empty");
        }
        String file = folder(kind) + "/" + name + ".csv";
        named.add(file);
        String text = files.apply(file);
        if (text == null) {
            refuse(TerminologyError.TABLE_MISSING, SOURCES, source.line(), "no file " + file);
            return;
        }
        CsvTable table = CsvTable.read(file, text);
        switch (kind) {
            case "concept-map" -> addConceptMap(source, table);
            case "code-system" -> addCodeSystem(source, table);
            case "oid" -> {} // read by whoever asks for it; listed so that its origin is known
            default -> refuse(TerminologyError.BAD_CELL, SOURCES, source.line(), "kind is not one of the known");
        }
    }

    private static String folder(String kind) {
        return kind + "s";
    }

    private void addConceptMap(CsvTable.Row source, CsvTable table) {
        ConceptMap.Policy policy = policy(source);
        Map<String, ConceptMap.Target> targets = new ConceptMapRows(this::refuse).read(table);
        if (policy != null) {
            conceptMaps.put(source.cell(1), new ConceptMap(source.cell(1), policy, targets));
        }
    }

    private ConceptMap.Policy policy(CsvTable.Row source) {
        String text = source.cell(3);
        String system = source.cell(2);
        if (text.equals("refuse")) {
            return new ConceptMap.Policy(system, ConceptMap.Unmapped.REFUSE, "");
        }
        if (text.equals("keep")) {
            return new ConceptMap.Policy(system, ConceptMap.Unmapped.KEEP, "");
        }
        if (text.startsWith("default:") && text.length() > "default:".length()) {
            return new ConceptMap.Policy(system, ConceptMap.Unmapped.DEFAULT, text.substring("default:".length()));
        }
        refuse(TerminologyError.BAD_CELL, SOURCES, source.line(), "policy is not refuse, keep or default:<code>");
        return null;
    }

    private void addCodeSystem(CsvTable.Row source, CsvTable table) {
        Map<String, List<CodeSystem.Entry>> entries = new CodeSystemRows(this::refuse).read(table);
        codeSystems.put(source.cell(1), new CodeSystem(source.cell(1), source.cell(2), entries));
    }

    private void refuse(ErrorCode code, String file, int line, String detail) {
        issues.add(Issue.of(code, file + ":" + line, detail));
    }

    /** Takes a violation. */
    interface Refusals {
        void refuse(ErrorCode code, String file, int line, String detail);
    }

    private static String resource(String path) {
        try (InputStream in = TerminologyLoader.class.getResourceAsStream(ROOT + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }
}
