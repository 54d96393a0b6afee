package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentSection;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.document.EntryPlace;
import org.tongmai.standards.error.Issue;

/** Writes the sections of a document; one without content is left out. */
final class SectionWriter {
    private final DocumentTables tables;
    private final CdaMaps maps;
    private final PlaceWriter places;
    private final List<Issue> issues;

    SectionWriter(DocumentTables tables, CdaMaps maps, PlaceWriter places, List<Issue> issues) {
        this.tables = tables;
        this.maps = maps;
        this.places = places;
        this.issues = issues;
    }

    void write(CdaElement root, DocumentType type, DocumentSource source) {
        CdaElement body = CdaElement.of("structuredBody");
        for (String key : type.sections()) {
            CdaElement section = section(key, type, source);
            if (section != null) {
                body.append(CdaElement.of("component")).append(section);
            }
        }
        root.append(CdaElement.of("component")).append(body);
    }

    private CdaElement section(String key, DocumentType type, DocumentSource source) {
        CdaElement section = CdaElement.of("section");
        head(section, tables.section(key));
        CdaElement text = section.append(CdaElement.of("text"));
        Narrative narrative = new Narrative();
        Map<String, List<DocumentField>> kinds = new LinkedHashMap<>();
        for (DocumentField field : type.fieldsOf(key)) {
            if (field.alone()) {
                alone(section, field, source, narrative);
            } else if (!kinds.containsKey(field.entry())) {
                List<DocumentField> fields = type.fieldsOf(key).stream()
                        .filter(other -> other.entry().equals(field.entry()))
                        .toList();
                kinds.put(field.entry(), fields);
                group(new Group(section, fields, narrative), type, source);
            }
        }
        narrative.write(text);
        return section.child("entry") == null ? null : section;
    }

    private static void head(CdaElement section, DocumentSection table) {
        CdaElement code = section.append(CdaElement.of("code"));
        if (!table.code().isEmpty()) {
            code.with("code", table.code())
                    .with("codeSystem", table.codeSystem())
                    .with("codeSystemName", "LOINC");
        }
        code.with("displayName", table.display());
        section.append(CdaElement.of("title")).append(CdaElement.text(table.title()));
    }

    private void alone(CdaElement section, DocumentField field, DocumentSource source, Narrative narrative) {
        List<ObjectNode> observations = source.alone(field);
        PlaceMap map = maps.places(DocumentField.OBSERVATION);
        boolean written = false;
        for (ObjectNode observation : observations) {
            if (PlaceWriter.find(map.rowsTo("value"), type -> observation) == null) {
                continue;
            }
            if (written && !field.cardinality().repeats()) {
                issues.add(
                        Issue.of(CdaError.REPEATED, tables.xpath(field), "took the first of " + observations.size()));
                break;
            }
            CdaElement own = own(section, field);
            if (field.qualified()) {
                CdaPath.parse("code/qualifier/name/@displayName")
                        .make(own)
                        .element()
                        .with("displayName", field.name());
            }
            CdaActs.describe(own, field, dataElement(field));
            for (EntryPlace place : tables.places(field.entry())) {
                if (!place.name().isEmpty()) {
                    place(own, place, field, new Rows(map, observation, narrative));
                }
            }
            written = true;
        }
        if (!written) {
            issues.add(Issue.of(CdaError.FIELD_ABSENT, "/ClinicalDocument/" + tables.xpath(field), field.name()));
        }
    }

    private CdaElement own(CdaElement section, DocumentField field) {
        CdaElement entry = section.append(CdaElement.of("entry"));
        String xpath = tables.places(field.entry()).get(0).xpathOf(field.dataElement());
        CdaElement own = CdaPath.parse(xpath).makeNew(entry).element();
        CdaActs.complete(own);
        return own;
    }

    /** What is read, and what people are told. */
    private record Rows(PlaceMap map, ObjectNode resource, Narrative narrative) {}

    /** The fields of one kind of entry in one section. */
    private record Group(CdaElement section, List<DocumentField> fields, Narrative narrative) {}

    private boolean place(CdaElement own, EntryPlace place, DocumentField field, Rows rows) {
        PlaceWriter.Found found = PlaceWriter.find(rows.map().rowsTo(place.name()), type -> rows.resource());
        if (found == null) {
            return false;
        }
        CdaPath.Hit hit = CdaPath.parse(place.xpathOf(field.dataElement())).make(own);
        places.write(hit, found, dataElement(field));
        if (!place.name().endsWith("time")) {
            rows.narrative().add(field.name(), places.text(found));
        }
        return true;
    }

    private void group(Group group, DocumentType type, DocumentSource source) {
        DocumentField first = group.fields().get(0);
        PlaceMap map = maps.places(first.entry());
        Map<DocumentField, Boolean> absent = new LinkedHashMap<>();
        group.fields().forEach(field -> absent.put(field, true));
        if (map != null) {
            for (ObjectNode resource : source.entries(kind(map, type), first.section())) {
                CdaElement own = own(group.section(), first);
                Rows rows = new Rows(map, resource, group.narrative());
                entry(own, group, rows, source).forEach(absent::remove);
                CdaActs.describeAll(own, tables);
            }
        }
        for (DocumentField field : absent.keySet()) {
            boolean held = map != null
                    && (field.place().equals("other")
                            || !map.rowsTo(field.place()).isEmpty());
            CdaError error = held ? CdaError.FIELD_ABSENT : CdaError.FIELD_NOT_HELD;
            issues.add(Issue.of(error, "/ClinicalDocument/" + tables.xpath(field), field.name()));
        }
    }

    private DocumentSource.Kind kind(PlaceMap map, DocumentType type) {
        boolean first = maps.entries().stream()
                .filter(other -> other.type().equals(map.type()))
                .findFirst()
                .orElseThrow()
                .name()
                .equals(map.name());
        String home = type.fields().stream()
                .filter(field -> field.entry().equals(map.name()))
                .findFirst()
                .orElseThrow()
                .section();
        return new DocumentSource.Kind(map, first, home);
    }

    /** Writes one entry; answers the fields that got a value. */
    private List<DocumentField> entry(CdaElement own, Group group, Rows rows, DocumentSource source) {
        List<DocumentField> written = new java.util.ArrayList<>();
        for (EntryPlace place : tables.places(rows.map().name())) {
            for (DocumentField field : group.fields()) {
                if (field.place().equals(place.name())) {
                    boolean done = place.name().equals("other")
                            ? others(own, place, field, new Others(rows, source))
                            : place(own, place, field, rows);
                    if (done) {
                        written.add(field);
                    }
                }
            }
            if (main(place)
                    && group.fields().stream().noneMatch(field -> field.place().equals(place.name()))) {
                place(own, place, group.fields().get(0), rows);
            }
        }
        return written;
    }

    /** An entry without its main place would say nothing. */
    private static boolean main(EntryPlace place) {
        return place.name().matches("code|content|item|value");
    }

    /** What says more about an entry. */
    private record Others(Rows rows, DocumentSource source) {}

    private boolean others(CdaElement own, EntryPlace place, DocumentField field, Others others) {
        PlaceMap map = maps.places(DocumentField.OBSERVATION);
        boolean written = false;
        for (ObjectNode observation : others.source().about(others.rows().resource(), field)) {
            PlaceWriter.Found found = PlaceWriter.find(map.rowsTo("value"), type -> observation);
            if (found != null) {
                CdaPath path = CdaPath.parse(place.xpathOf(field.dataElement()));
                places.write(path.make(own), found, dataElement(field));
                others.rows().narrative().add(field.name(), places.text(found));
                written = true;
                break;
            }
        }
        return written;
    }

    private DataElement dataElement(DocumentField field) {
        return tables.dataElement(field.dataElement()).orElse(null);
    }
}
