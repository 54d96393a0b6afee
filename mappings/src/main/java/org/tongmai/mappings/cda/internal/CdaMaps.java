package org.tongmai.mappings.cda.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.internal.FhirTypes;
import org.tongmai.mappings.internal.MapFile;
import org.tongmai.mappings.internal.MapReader;
import org.tongmai.mappings.internal.MapRow;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.EntryPlace;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** All rows between FHIR and CDA, compiled once; immutable. */
final class CdaMaps {
    /** Rows of the header begin with a resource type. */
    static final String DOCUMENT = "Document";

    private static final String ROOT = "/org/tongmai/mappings/";
    private static final String SYSTEMS = "cda-oid-to-uri";

    private final FhirTypes types = new FhirTypes();
    private final List<Issue> issues;
    private final Terminology terminology;
    private final DocumentTables tables;
    private final Map<String, CodeTable> codes = new HashMap<>();
    private final Map<String, PlaceMap> places = new LinkedHashMap<>();
    private final Map<String, ImportMap> imports = new LinkedHashMap<>();
    private final Map<String, ImportMap> defaults = new LinkedHashMap<>();
    private final List<ForeignEntry> foreign = new ArrayList<>();

    /** Which elements of a section of foreign CDA a map reads; section {@code *} for one no other row names. */
    record ForeignEntry(String section, CdaPath path, String map) {}

    private CdaMaps(Terminology terminology, DocumentTables tables, List<Issue> issues) {
        this.terminology = terminology;
        this.tables = tables;
        this.issues = issues;
    }

    /** Compiles the packaged maps; throws every violation at once. */
    static CdaMaps compile(Terminology terminology, DocumentTables tables) {
        CdaMaps maps = new CdaMaps(terminology, tables, new ArrayList<>());
        for (MapFile file : maps.files("fhir-to-cda/")) {
            maps.addPlaces(file);
        }
        for (MapFile file : maps.files("cda-to-fhir/")) {
            maps.addImport(file);
        }
        maps.addForeign();
        if (!maps.issues.isEmpty()) {
            throw new CodedException(maps.issues, null);
        }
        return maps;
    }

    private List<MapFile> files(String folder) {
        List<MapFile> files = new ArrayList<>();
        for (String line : resource(folder + "index.yaml").lines().toList()) {
            if (line.startsWith("- ")) {
                String path = folder + line.substring(2).strip() + ".map.yaml";
                String text = resource(path);
                MapFile file = text == null ? null : new MapReader(issues).read("mappings/" + path, text);
                if (text == null) {
                    issues.add(Issue.of(MappingError.MAP_MISSING, "mappings/" + folder + "index.yaml", path));
                } else if (file != null) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private void addPlaces(MapFile file) {
        List<PlaceRow> rows = new ArrayList<>();
        for (MapRow row : file.rows()) {
            boolean header = file.from().equals(DOCUMENT);
            int dot = row.from().indexOf('.');
            String type = header && dot > 0 ? row.from().substring(0, dot) : file.from();
            String path = header && dot > 0 ? row.from().substring(dot + 1) : row.from();
            ElementPath from = row.call() != null ? null : element(path, type, row);
            if (!known(file.to(), row.to())) {
                issues.add(Issue.of(MappingError.FIELD_UNKNOWN, row.at().toString(), "no place " + row.to()));
            }
            rows.add(new PlaceRow(row.at(), type, from, row.to(), code(row), row.call()));
        }
        places.put(file.to(), new PlaceMap(file.from(), file.to(), List.copyOf(rows)));
    }

    private boolean known(String map, String place) {
        return tables.header(place).isPresent()
                || tables.places(map).stream().map(EntryPlace::name).anyMatch(place::equals);
    }

    private void addImport(MapFile file) {
        List<ImportMap.Row> rows = new ArrayList<>();
        for (MapRow row : file.rows()) {
            CdaPath from = row.from().isEmpty() ? null : path(row.from(), row.at());
            ElementPath to = element(row.to(), file.to(), row);
            rows.add(new ImportMap.Row(row.at(), from, to, code(row), row.constant(), row.required()));
        }
        boolean constants = file.from().equals("Default");
        CdaPath from = constants ? CdaPath.parse(".") : path(file.from(), file.at());
        String name = file.at().file().replaceFirst("^.*/", "").replace(".map.yaml", "");
        ImportMap map = new ImportMap(name, from, file.to(), rows);
        if ((constants ? defaults : imports).put(constants ? file.to() : name, map) != null) {
            issues.add(Issue.of(MappingError.MAP_UNREADABLE, file.at().toString(), "a second map of this name"));
        }
    }

    private void addForeign() {
        int number = 0;
        for (String line : resource("cda-to-fhir/entries.csv").lines().toList()) {
            number++;
            String[] cells = line.split(",", -1);
            if (number == 1 || line.isEmpty()) {
                continue;
            }
            MapRow.At at = new MapRow.At("mappings/cda-to-fhir/entries.csv", number);
            if (cells.length != 4 || !imports.containsKey(cells[2])) {
                issues.add(Issue.of(MappingError.MAP_MISSING, at.toString(), "expected section,path,map,note"));
                continue;
            }
            foreign.add(new ForeignEntry(cells[0], path(cells[1], at), cells[2]));
        }
    }

    private ElementPath element(String path, String type, MapRow row) {
        ElementPath found = ElementPath.parse(path, types, type);
        if (found == null) {
            issues.add(Issue.of(MappingError.PATH_UNKNOWN, row.at().toString(), "FHIR R4 has no " + type + "." + path));
        }
        return found;
    }

    private CdaPath path(String text, MapRow.At at) {
        try {
            return CdaPath.parse(text);
        } catch (IllegalArgumentException e) {
            issues.add(Issue.of(MappingError.FIELD_UNKNOWN, at.toString(), e.getMessage()));
            return CdaPath.parse(".");
        }
    }

    private CodeTable code(MapRow row) {
        if (row.code() == null) {
            return null;
        }
        if (!terminology.hasConceptMap(row.code())) {
            issues.add(Issue.of(MappingError.TABLE_UNKNOWN, row.at().toString(), "no concept map " + row.code()));
            return null;
        }
        return table(row.code());
    }

    CodeTable table(String name) {
        return codes.computeIfAbsent(name, key -> new CodeTable(terminology.conceptMap(key)));
    }

    SystemUris systems() {
        return new SystemUris(table(SYSTEMS));
    }

    /** The map of a header part or a kind of entry, or null. */
    PlaceMap places(String name) {
        return places.get(name);
    }

    /** The kinds of entries that have a map, in order. */
    List<PlaceMap> entries() {
        return places.values().stream()
                .filter(map -> !tables.places(map.name()).isEmpty())
                .toList();
    }

    ImportMap imports(String name) {
        return imports.get(name);
    }

    /** The constants of an imported FHIR type, or null. */
    ImportMap defaults(String type) {
        return defaults.get(type);
    }

    /** What is read of a section of foreign CDA. */
    List<ForeignEntry> foreign(String section) {
        List<ForeignEntry> own = foreign.stream()
                .filter(entry -> entry.section().equals(section))
                .toList();
        return own.isEmpty()
                ? foreign.stream().filter(entry -> entry.section().equals("*")).toList()
                : own;
    }

    private static String resource(String path) {
        try (InputStream in = CdaMaps.class.getResourceAsStream(ROOT + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged map could not be read", e);
        }
    }
}
