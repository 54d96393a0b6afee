package org.tongmai.mappings.internal;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tongmai.mappings.MapSource;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;

/** One CSV layout, compiled. */
public final class CsvLayout {
    private static final String FOLDER = "fhir-to-csv/";
    /** An overlay says {@code to: csv:district-visit}: the data type it changes. */
    private static final String TYPE = "csv:";
    /** A row source that gives one line for each delivery. */
    private static final String DELIVERY = "Delivery";

    private final String lineOf;
    private final List<Column> columns;
    private final byte[] header;

    /** One column: what fills it, the first that says something winning. */
    private record Column(String name, List<Source> sources) {}

    /** What a row reads, and the table it goes through, or null. */
    private record Source(CanonicalPath from, ConceptMap table, String constant) {}

    /** What layouts are compiled with. */
    private record Tables(Terminology terminology, ZoneId zone) {}

    private CsvLayout(String lineOf, List<Column> columns, String header) {
        this.lineOf = lineOf;
        this.columns = columns;
        this.header = header.getBytes(StandardCharsets.UTF_8);
    }

    /** The names of the packaged layouts, in the order of the index. */
    public static List<String> packagedNames() {
        return MapLibrary.resource(FOLDER + "index.yaml")
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2).trim())
                .toList();
    }

    /** Whether a map is laid over a layout, and not over what reads HL7 v2. */
    static boolean isOverlay(MapFile map) {
        return map.to().startsWith(TYPE);
    }

    /**
     * Compiles the packaged layouts that further overlays change; throws every violation at once.
     *
     * @param under what is laid over the packaged ones before, as {@link #packaged} does
     * @param overlays what comes then
     */
    public static Map<String, CsvLayout> changedBy(
            List<MapSource> overlays, List<MapSource> under, Terminology terminology, ZoneId zone) {
        List<MapFile> laid = overlays(overlays);
        if (laid.isEmpty()) {
            return Map.of();
        }
        List<Issue> issues = new ArrayList<>();
        List<String> packaged = packagedNames();
        Set<String> names = new TreeSet<>();
        for (MapFile overlay : laid) {
            String name = overlay.to().substring(TYPE.length());
            if (packaged.contains(name)) {
                names.add(name);
            } else {
                issues.add(Issue.of(MappingError.MAP_MISSING, overlay.at().toString(), "no layout " + name));
            }
        }
        List<MapFile> all = new ArrayList<>(overlays(under));
        all.addAll(laid);
        return compile(names, all, new Tables(terminology, zone), issues);
    }

    /** Compiles every packaged layout and what is laid over it; throws every violation at once. */
    public static Map<String, CsvLayout> packaged(Terminology terminology, ZoneId zone, List<MapSource> overlays) {
        return compile(packagedNames(), overlays(overlays), new Tables(terminology, zone), new ArrayList<>());
    }

    /** What can not be read is told by who reads the maps of HL7 v2. */
    private static List<MapFile> overlays(List<MapSource> sources) {
        MapReader reader = new MapReader(new ArrayList<>());
        return sources.stream()
                .flatMap(source -> reader.readAll(source.file(), source.text()).stream())
                .filter(CsvLayout::isOverlay)
                .toList();
    }

    /** A column is what is replaced, with all its rows; one the layout does not have comes last. */
    private static MapFile overlaid(MapFile layout, MapFile overlay, List<Issue> issues) {
        if (!overlay.from().equals(layout.from())) {
            String detail = "found from: " + overlay.from() + ", expected " + layout.from();
            issues.add(Issue.of(MappingError.PATH_UNKNOWN, overlay.at().toString(), detail));
        }
        Map<String, List<MapRow>> columns = new LinkedHashMap<>();
        layout.rows().forEach(row -> columns.computeIfAbsent(row.to(), name -> new ArrayList<>())
                .add(row));
        overlay.rows().forEach(row -> columns.put(row.to(), new ArrayList<>()));
        overlay.rows().forEach(row -> columns.get(row.to()).add(row));
        return layout.withRows(columns.values().stream().flatMap(List::stream).toList());
    }

    private static Map<String, CsvLayout> compile(
            Collection<String> names, List<MapFile> overlays, Tables tables, List<Issue> issues) {
        Map<String, CsvLayout> layouts = new HashMap<>();
        for (String name : names) {
            MapFile file = read(name, issues);
            for (MapFile overlay : overlays) {
                if (file != null && overlay.to().equals(TYPE + name)) {
                    file = overlaid(file, overlay, issues);
                }
            }
            if (file != null) {
                layouts.put(name, compile(file, tables, issues));
            }
        }
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
        return layouts;
    }

    private static MapFile read(String name, List<Issue> issues) {
        String path = FOLDER + name + ".map.yaml";
        String text = MapLibrary.resource(path);
        if (text == null) {
            issues.add(Issue.of(MappingError.MAP_MISSING, "mappings/" + path, "no layout " + name));
            return null;
        }
        return new MapReader(issues).read("mappings/" + path, text);
    }

    private static CsvLayout compile(MapFile file, Tables tables, List<Issue> issues) {
        Terminology terminology = tables.terminology();
        FhirTypes types = new FhirTypes();
        Map<String, List<Source>> columns = new LinkedHashMap<>();
        for (MapRow row : file.rows()) {
            CanonicalPath from = row.constant() != null ? null : CanonicalPath.parse(row.from(), types, tables.zone());
            if (from == null && row.constant() == null) {
                issues.add(Issue.of(MappingError.PATH_UNKNOWN, row.at().toString(), "FHIR R4 has no " + row.from()));
            }
            if (row.code() != null && !terminology.hasConceptMap(row.code())) {
                issues.add(Issue.of(MappingError.TABLE_UNKNOWN, row.at().toString(), "no concept map " + row.code()));
                continue;
            }
            ConceptMap table = row.code() == null ? null : terminology.conceptMap(row.code());
            columns.computeIfAbsent(row.to(), name -> new ArrayList<>()).add(new Source(from, table, row.constant()));
        }
        List<Column> compiled = new ArrayList<>();
        columns.forEach((name, sources) -> compiled.add(new Column(name, sources)));
        return new CsvLayout(file.from(), compiled, String.join(",", columns.keySet()) + "\r\n");
    }

    /** Writes a batch. */
    public byte[] write(CanonicalBatch batch) {
        StringBuilder out = new StringBuilder(256 * batch.deliveries().size());
        for (CanonicalDelivery delivery : batch.deliveries()) {
            if (lineOf.equals(DELIVERY)) {
                line(delivery, null, out);
                continue;
            }
            for (CanonicalResource resource : delivery.resources()) {
                if (resource.type().equals(lineOf)) {
                    line(delivery, resource, out);
                }
            }
        }
        byte[] lines = out.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[header.length + lines.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(lines, 0, all, header.length, lines.length);
        return all;
    }

    private void line(CanonicalDelivery delivery, CanonicalResource resource, StringBuilder out) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            cell(value(columns.get(i), delivery, resource), out);
        }
        out.append("\r\n");
    }

    private static String value(Column column, CanonicalDelivery delivery, CanonicalResource resource) {
        for (Source source : column.sources()) {
            String text = source.constant() != null
                    ? source.constant()
                    : source.from().text(delivery, resource);
            if (!text.isEmpty()) {
                return source.table() == null ? text : translated(source, text);
            }
        }
        return "";
    }

    private static String translated(Source source, String text) {
        ConceptMap.Target target = source.table().target(text);
        if (target == null) {
            throw new CodedException(Issue.of(
                    MappingError.CODE_UNKNOWN,
                    source.from().toString(),
                    "not in " + source.table().name()));
        }
        return target.code();
    }

    /** RFC 4180 quoting; an apostrophe before what a spreadsheet takes for a formula. */
    private static void cell(String text, StringBuilder out) {
        if (text.isEmpty()) {
            return;
        }
        char first = text.charAt(0);
        boolean formula = first == '='
                || first == '@'
                || first == '\t'
                || first == '\r'
                || (first == '+' || first == '-') && !Numbers.isDecimal(text);
        String safe = formula ? "'" + text : text;
        boolean quoted = false;
        for (int i = 0; i < safe.length() && !quoted; i++) {
            char c = safe.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (quoted) {
            out.append('"').append(safe.replace("\"", "\"\"")).append('"');
        } else {
            out.append(safe);
        }
    }
}
