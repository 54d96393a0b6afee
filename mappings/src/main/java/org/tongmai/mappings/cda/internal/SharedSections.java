package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.EntryPlace;

/** Reads the entries of shared documents by the tables and rows that write them. */
final class SharedSections {
    private static final String DATA_ELEMENT = "DE[0-9]{2}[._][0-9]{2}[._][0-9]{3}[._][0-9]{2}";

    private final DocumentTables tables;
    private final CdaMaps maps;

    SharedSections(DocumentTables tables, CdaMaps maps) {
        this.tables = tables;
        this.maps = maps;
    }

    /** Reads one entry; answers the references of what it made. */
    List<String> read(CdaElement entry, String section, ImportRun run) {
        List<String> made = new ArrayList<>();
        for (PlaceMap map : maps.entries()) {
            if (map.name().equals(DocumentField.OBSERVATION)) {
                continue;
            }
            CdaPath own = CdaPath.parse(tables.places(map.name()).get(0).xpath());
            for (CdaPath.Hit hit : own.select(entry)) {
                made.addAll(group(hit.element(), map, section, run));
            }
            if (!made.isEmpty()) {
                return made;
            }
        }
        for (CdaPath.Hit hit : CdaPath.parse("//observation").select(entry)) {
            if (hit.element().attribute("negationInd").equals("true")) {
                run.notice(CdaError.NOT_MAPPED, hit.xpath(), "it is denied (negationInd)");
            } else if (isDataElement(hit.element())
                    && !hit.element().children("value").isEmpty()) {
                made.add(run.keep(observation(hit.element(), null, run), hit.element()));
            }
        }
        return made;
    }

    private List<String> group(CdaElement own, PlaceMap map, String section, ImportRun run) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("resourceType", map.type());
        ArrayNode tags = resource.putObject("meta").putArray("tag");
        tags.addObject().put("system", DocumentSource.ENTRY_TAG).put("code", map.name());
        tags.addObject().put("system", DocumentSource.SECTION_TAG).put("code", section);
        Set<CdaElement> read = new HashSet<>();
        Set<String> codes = new HashSet<>();
        for (EntryPlace place : tables.places(map.name())) {
            codes.add(place.dataElement());
            List<PlaceRow> rows = map.rowsTo(place.name());
            if (!rows.isEmpty()) {
                CdaPath.parse(place.xpath()).select(own).stream()
                        .filter(hit -> !hit.text().isEmpty() || !hit.element().empty())
                        .limit(1)
                        .forEach(hit -> write(hit, rows, resource, run));
            }
        }
        List<String> made = new ArrayList<>();
        String reference = run.keep(resource, own);
        made.add(reference);
        for (CdaPath.Hit hit : CdaPath.parse("//observation").select(own)) {
            CdaElement observation = hit.element();
            if (isDataElement(observation) && !codes.contains(code(observation)) && read.add(observation)) {
                made.add(run.keep(observation(observation, reference, run), observation));
            }
        }
        return made;
    }

    private static void write(CdaPath.Hit hit, List<PlaceRow> rows, ObjectNode resource, ImportRun run) {
        if (hit.attribute() == null && hit.element().name().equals("value")) {
            ElementPath.Typed value = run.types().any(hit.element());
            for (PlaceRow row : rows) {
                if (value != null && row.from().type().equals(value.type())) {
                    row.from().write(resource, value);
                    return;
                }
            }
        }
        ElementPath.Typed value = run.value(hit, rows.get(0).from().type(), null);
        if (value != null) {
            rows.get(0).from().write(resource, value);
        } else if (!hit.element().empty()) {
            run.notice(
                    CdaError.NOT_MAPPED,
                    hit.xpath(),
                    "expected " + rows.get(0).from().type());
        }
    }

    private ObjectNode observation(CdaElement element, String focus, ImportRun run) {
        ObjectNode observation = JsonNodeFactory.instance.objectNode().put("resourceType", "Observation");
        String code = code(element);
        ObjectNode concept = observation.putObject("code");
        ArrayNode codings = concept.putArray("coding");
        ObjectNode coding =
                codings.addObject().put("system", DocumentSource.DATA_ELEMENTS).put("code", code);
        tables.dataElement(code).map(DataElement::name).ifPresent(name -> coding.put("display", name));
        var loinc = maps.table("data-element-to-loinc").target(code);
        if (loinc != null) {
            codings.addObject()
                    .put("system", loinc.system())
                    .put("code", loinc.code())
                    .put("display", loinc.display());
        }
        String name = name(element);
        if (!name.isEmpty()) {
            concept.put("text", name);
        }
        if (focus != null) {
            observation.putArray("focus").addObject().put("reference", focus);
        }
        PlaceMap map = maps.places(DocumentField.OBSERVATION);
        for (EntryPlace place : tables.places(DocumentField.OBSERVATION)) {
            for (PlaceRow row : map.rowsTo(place.name())) {
                for (CdaPath.Hit hit : CdaPath.parse(place.xpath()).select(element)) {
                    ElementPath.Typed value = run.value(hit, row.from().type(), null);
                    if (value != null) {
                        row.from().write(observation, value);
                    }
                }
            }
        }
        return observation;
    }

    private static String name(CdaElement observation) {
        List<CdaPath.Hit> qualified =
                CdaPath.parse("code/qualifier/name/@displayName").select(observation);
        return qualified.isEmpty()
                ? observation.child("code").attribute("displayName")
                : qualified.get(0).text();
    }

    private static boolean isDataElement(CdaElement observation) {
        CdaElement code = observation.child("code");
        return code != null && code.attribute("code").matches(DATA_ELEMENT);
    }

    /** The code; implementations seen write an underscore for a point. */
    private static String code(CdaElement observation) {
        return observation.child("code").attribute("code").replace('_', '.');
    }
}
