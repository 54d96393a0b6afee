package org.tongmai.standards.document.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tongmai.standards.document.Cardinality;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentError;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentSection;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.document.EntryPlace;
import org.tongmai.standards.document.HeaderElement;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/** Reads the tables of shared documents and refuses what is wrong, all violations at once. */
public final class DocumentTableLoader {
    private static final String ROOT = "/org/tongmai/standards/documents/";
    private static final Set<String> TYPES = Set.of("ST", "CD", "PQ", "INT", "TS", "BL", "MO");
    private static final Set<String> CERTAINTIES = Set.of("V", "C", "M", "?");

    private final Function<String, String> files;
    private final List<Issue> issues = new ArrayList<>();
    private final Map<String, DocumentSection> sections = new LinkedHashMap<>();
    private final Map<String, HeaderElement> header = new LinkedHashMap<>();
    private final Map<String, DataElement> dataElements = new LinkedHashMap<>();
    private final Map<String, EntryPlace> places = new LinkedHashMap<>();

    private DocumentTableLoader(Function<String, String> files) {
        this.files = files;
    }

    public static DocumentTables packaged() {
        return new DocumentTableLoader(DocumentTableLoader::resource).load();
    }

    public static DocumentTables fromTexts(Map<String, String> texts) {
        return new DocumentTableLoader(texts::get).load();
    }

    private DocumentTables load() {
        for (CsvTable.Row row : table("sections.csv", "section,code,code_system,display,title_zh,certainty")) {
            DocumentSection section =
                    new DocumentSection(row.cell(0), row.cell(1), row.cell(2), row.cell(3), row.cell(4));
            put(sections, section.key(), section, "sections.csv", row);
        }
        readHeader();
        for (CsvTable.Row row :
                table("data-elements.csv", "data_element,name_zh,type,code_system,code_system_name,unit,certainty")) {
            if (!TYPES.contains(row.cell(2))) {
                refuse(DocumentError.BAD_CELL, "data-elements.csv", row, "type is none of " + TYPES.size());
            }
            DataElement element =
                    new DataElement(row.cell(0), row.cell(1), row.cell(2), row.cell(3), row.cell(4), row.cell(5));
            put(dataElements, element.code(), element, "data-elements.csv", row);
        }
        for (CsvTable.Row row : table("entries.csv", "entry,place,data_element,xpath,certainty")) {
            EntryPlace place = new EntryPlace(row.cell(0), row.cell(1), row.cell(2), row.cell(3));
            put(places, place.entry() + "/" + place.name(), place, "entries.csv", row);
        }
        Map<String, DocumentType> types = types();
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
        return new DocumentTables(
                new DocumentTables.Rows(types, sections, header, dataElements, List.copyOf(places.values())));
    }

    private void readHeader() {
        String head = "element,name_zh,data_element,xpath,type,cardinality,fixed,certainty";
        for (CsvTable.Row row : table("header.csv", head)) {
            HeaderElement element = new HeaderElement(
                    row.cell(0),
                    row.cell(1),
                    row.cell(2),
                    row.cell(3),
                    row.cell(4),
                    cardinality("header.csv", row, 5),
                    row.cell(6));
            put(header, element.name(), element, "header.csv", row);
        }
    }

    private Map<String, DocumentType> types() {
        Map<String, List<DocumentField>> fields = fields();
        Map<String, DocumentType> types = new LinkedHashMap<>();
        for (CsvTable.Row row : table("documents.csv", "code,part,template,title_zh,title_en,certainty")) {
            List<DocumentField> own = fields.remove(row.cell(0));
            if (own == null) {
                refuse(DocumentError.UNKNOWN_NAME, "documents.csv", row, "fields.csv has no row of it");
                continue;
            }
            DocumentType type = new DocumentType(row.cell(0), row.cell(1), row.cell(2), row.cell(3), row.cell(4), own);
            put(types, type.code(), type, "documents.csv", row);
        }
        for (String left : fields.keySet()) {
            issues.add(Issue.of(DocumentError.UNKNOWN_NAME, "fields.csv", "documents.csv has no " + left));
        }
        return types;
    }

    private Map<String, List<DocumentField>> fields() {
        String head = "document,field,name_zh,section,entry,place,data_element,cardinality,certainty,placement";
        List<CsvTable.Row> rows = table("fields.csv", head);
        Map<String, Integer> names = new HashMap<>();
        for (CsvTable.Row row : rows) {
            if (row.cell(4).equals(DocumentField.OBSERVATION)) {
                names.merge(row.cell(0) + " " + row.cell(6), 1, Integer::sum);
            }
        }
        Map<String, DocumentField> ids = new HashMap<>();
        Map<String, List<DocumentField>> fields = new LinkedHashMap<>();
        for (CsvTable.Row row : rows) {
            boolean qualified = names.getOrDefault(row.cell(0) + " " + row.cell(6), 0) > 1;
            DocumentField field = new DocumentField(
                    row.cell(0),
                    row.cell(1),
                    row.cell(2),
                    row.cell(3),
                    row.cell(4),
                    row.cell(5),
                    row.cell(6),
                    cardinality("fields.csv", row, 7),
                    qualified);
            check(field, row);
            put(ids, field.document() + " " + field.id(), field, "fields.csv", row);
            fields.computeIfAbsent(field.document(), key -> new ArrayList<>()).add(field);
        }
        return fields;
    }

    private void check(DocumentField field, CsvTable.Row row) {
        if (field.inHeader()) {
            if (!header.containsKey(field.entry())) {
                refuse(DocumentError.UNKNOWN_NAME, "fields.csv", row, "header.csv has no " + field.entry());
            }
            return;
        }
        if (!sections.containsKey(field.section())) {
            refuse(DocumentError.UNKNOWN_NAME, "fields.csv", row, "sections.csv has no " + field.section());
        }
        if (!places.containsKey(field.entry() + "/" + field.place())) {
            refuse(DocumentError.UNKNOWN_NAME, "fields.csv", row, "entries.csv has no place " + field.place());
        }
        if (!dataElements.containsKey(field.dataElement())) {
            refuse(DocumentError.UNKNOWN_NAME, "fields.csv", row, "data-elements.csv has no " + field.dataElement());
        }
    }

    private List<CsvTable.Row> table(String name, String head) {
        String text = files.apply(name);
        if (text == null) {
            issues.add(Issue.of(DocumentError.TABLE_MISSING, "documents/" + name, "no such file"));
            return List.of();
        }
        CsvTable table = CsvTable.read(name, text);
        if (!String.join(",", table.header()).equals(head)) {
            issues.add(Issue.of(DocumentError.BAD_HEADER, "documents/" + name + ":1", "expected " + head));
            return List.of();
        }
        int width = table.header().size();
        int certainty = table.header().indexOf("certainty");
        List<CsvTable.Row> good = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            if (row.cells().size() != width) {
                refuse(
                        DocumentError.WRONG_WIDTH,
                        name,
                        row,
                        "found " + row.cells().size() + " cells");
            } else if (!CERTAINTIES.contains(row.cell(certainty))) {
                refuse(DocumentError.BAD_CELL, name, row, "certainty is not V, C, M or ?");
            } else {
                good.add(row);
            }
        }
        return good;
    }

    private Cardinality cardinality(String file, CsvTable.Row row, int column) {
        Cardinality read = Cardinality.parse(row.cell(column));
        if (read == null) {
            refuse(DocumentError.BAD_CELL, file, row, "cardinality is not like 0..1");
        }
        return read;
    }

    private <T> void put(Map<String, T> rows, String key, T value, String file, CsvTable.Row row) {
        if (rows.putIfAbsent(key, value) != null) {
            refuse(DocumentError.DUPLICATE, file, row, "a second row of the same name");
        }
    }

    private void refuse(DocumentError error, String file, CsvTable.Row row, String detail) {
        issues.add(Issue.of(error, "documents/" + file + ":" + row.line(), detail));
    }

    private static String resource(String name) {
        try (InputStream in = DocumentTableLoader.class.getResourceAsStream(ROOT + name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }
}
