package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.document.HeaderElement;

/** Reads a header into Patient, Encounter, Composition and DocumentReference, not yet kept. */
final class HeaderReader {
    private static final String SIGNER = "signer";

    private final DocumentTables tables;
    private final CdaMaps maps;

    HeaderReader(DocumentTables tables, CdaMaps maps) {
        this.tables = tables;
        this.maps = maps;
    }

    /** Reads the header of a shared document by the table and rows that write it. */
    Map<String, ObjectNode> shared(CdaElement root, DocumentType type, ImportRun run) {
        Map<String, ObjectNode> resources = empty();
        Set<String> read = new HashSet<>();
        for (PlaceRow row : maps.places("header").rows()) {
            HeaderElement element = tables.header(row.to()).orElseThrow();
            if (row.from() == null || !read.add(row.to()) || row.to().startsWith(SIGNER)) {
                continue;
            }
            for (CdaPath.Hit hit : CdaPath.parse(element.xpath()).select(root)) {
                ElementPath.Typed value = value(hit, row, run);
                if (value != null) {
                    row.from().write(resources.get(row.type()), value);
                    break;
                }
            }
        }
        signers(root, resources.get("Composition"), run);
        for (String name : List.of("Composition", "DocumentReference")) {
            ObjectNode coding =
                    resources.get(name).putObject("type").putArray("coding").addObject();
            coding.put("system", "urn:oid:2.16.156.10011.2.4")
                    .put("code", type.code())
                    .put("display", type.title());
        }
        return resources;
    }

    /** A national code becomes the canonical one where the table has it, and stays otherwise. */
    private ElementPath.Typed value(CdaPath.Hit hit, PlaceRow row, ImportRun run) {
        if (row.code() == null) {
            return run.value(hit, row.from().type(), null);
        }
        String code = hit.element().attribute("code");
        String source = row.code().source(code);
        if (row.from().type().equals("code")) {
            if (source == null && !code.isEmpty()) {
                run.notice(
                        CdaError.CODE_UNMAPPED,
                        hit.xpath(),
                        "expected a code of " + row.code().name());
            }
            return source == null ? null : new ElementPath.Typed("code", TextNode.valueOf(source));
        }
        if (source == null) {
            return run.value(hit, row.from().type(), null);
        }
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        ObjectNode coding = concept.putArray("coding").addObject();
        coding.put("system", row.code().sourceSystem()).put("code", source);
        return new ElementPath.Typed("CodeableConcept", concept);
    }

    private void signers(CdaElement root, ObjectNode composition, ImportRun run) {
        PlaceMap map = maps.places(SIGNER);
        for (CdaElement signer : root.children("authenticator")) {
            ObjectNode attester = JsonNodeFactory.instance.objectNode();
            for (PlaceRow row : map.rows()) {
                CdaPath path = CdaPath.parse(
                                tables.header(row.to()).orElseThrow().xpath())
                        .below();
                for (CdaPath.Hit hit : path.select(signer)) {
                    ElementPath.Typed value = run.value(hit, row.from().type(), null);
                    if (value != null) {
                        row.from().write(attester, value);
                    }
                }
            }
            if (!attester.isEmpty()) {
                run.defaults(attester, "Composition.attester");
                composition.withArray("attester").add(attester);
            }
        }
    }

    /** Reads the header of any other CDA. */
    Map<String, ObjectNode> foreign(CdaElement root, ImportRun run) {
        Map<String, ObjectNode> resources = empty();
        for (Map.Entry<String, ObjectNode> entry : resources.entrySet()) {
            ImportMap map = maps.imports(entry.getKey());
            List<CdaPath.Hit> hits = map.from().select(root);
            ObjectNode made = hits.isEmpty() ? null : run.make(map, hits.get(0).element());
            if (made != null) {
                entry.setValue(made);
            }
        }
        return resources;
    }

    private static Map<String, ObjectNode> empty() {
        Map<String, ObjectNode> resources = new LinkedHashMap<>();
        for (String type : List.of("Patient", "Encounter", "Composition", "DocumentReference")) {
            resources.put(type, JsonNodeFactory.instance.objectNode().put("resourceType", type));
        }
        return resources;
    }

    /** Whether a resource says anything. */
    static boolean says(JsonNode resource) {
        return resource.size() > 1;
    }
}
