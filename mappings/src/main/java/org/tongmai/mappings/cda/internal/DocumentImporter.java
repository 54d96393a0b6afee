package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tongmai.mappings.cda.CdaBounds;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.document.DocumentSection;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Makes canonical resources of a CDA document, shared or foreign. */
final class DocumentImporter {
    private static final String TOPIC = "shared-documents";

    private final DocumentTables tables;
    private final CdaMaps maps;
    private final ZoneId zone;
    private final CdaBounds bounds;

    DocumentImporter(DocumentTables tables, CdaMaps maps, ZoneId zone, CdaBounds bounds) {
        this.tables = tables;
        this.maps = maps;
        this.zone = zone;
        this.bounds = bounds;
    }

    CanonicalBundle read(byte[] xml) {
        List<Issue> issues = new ArrayList<>();
        CdaElement root = new CdaXmlReader(bounds, issues).read(xml);
        DataTypeReader types = new DataTypeReader(maps.systems(), zone, narrative(root));
        ImportRun run = new ImportRun(maps, types, issues, key(root, xml));
        Optional<DocumentType> type = shared(root);
        HeaderReader headers = new HeaderReader(tables, maps);
        Map<String, ObjectNode> header =
                type.isPresent() ? headers.shared(root, type.get(), run) : headers.foreign(root, run);
        String patient = people(root, header, run);
        Composed composed = new Composed(header.get("Composition"), run);
        sections(root, type, composed);
        CdaPath.parse("component/nonXMLBody").select(root).stream()
                .findFirst()
                .ifPresent(body -> run.notice(CdaError.NOT_MAPPED, body.xpath(), "a body that is not structured"));
        String composition = run.keep(header.get("Composition"), root);
        document(header, composition, root, run);
        String event = root.child("code") == null ? "CDA" : root.child("code").attribute("code");
        return new CanonicalBundle(TOPIC, event, patient, run.resources(), issues);
    }

    /** The document type of a shared document, or nothing for foreign CDA. */
    Optional<DocumentType> shared(CdaElement root) {
        CdaElement code = root.child("code");
        if (code == null || !code.attribute("codeSystem").equals("2.16.156.10011.2.4")) {
            return Optional.empty();
        }
        return tables.find(code.attribute("code"));
    }

    private static Map<String, String> narrative(CdaElement root) {
        Map<String, String> texts = new HashMap<>();
        collect(root, texts);
        return texts;
    }

    private static void collect(CdaElement element, Map<String, String> texts) {
        if (!element.attribute("ID").isEmpty()) {
            texts.putIfAbsent(element.attribute("ID"), element.content());
        }
        for (CdaElement node : element.nodes()) {
            if (!node.isText()) {
                collect(node, texts);
            }
        }
    }

    /** What a document is recognised by: its number, or else its content. */
    private static String key(CdaElement root, byte[] xml) {
        CdaElement id = root.child("id");
        String number = id == null ? "" : id.attribute("root") + "|" + id.attribute("extension");
        return number.length() > 1 ? number : "urn:uuid:" + UUID.nameUUIDFromBytes(xml);
    }

    private String people(CdaElement root, Map<String, ObjectNode> header, ImportRun run) {
        ObjectNode patient = header.get("Patient");
        if (!patient.has("identifier") && !patient.has("name")) {
            throw new CodedException(Issue.of(
                    CdaError.REQUIRED_MISSING,
                    "/ClinicalDocument/recordTarget/patientRole",
                    "expected a patient with a number or a name"));
        }
        if (!header.get("Composition").has("type")
                || !header.get("DocumentReference").has("date")) {
            throw new CodedException(
                    Issue.of(CdaError.REQUIRED_MISSING, "/ClinicalDocument", "expected code and effectiveTime"));
        }
        String patientReference = run.keep(patient, root);
        run.about(patientReference, "");
        String encounter = "";
        if (HeaderReader.says(header.get("Encounter"))) {
            encounter = run.keep(header.get("Encounter"), root);
        }
        run.about(patientReference, encounter);
        ObjectNode composition = header.get("Composition");
        Parties parties = new Parties(run, root);
        composition.path("author").forEach(author -> parties.keep((ObjectNode) author, "Practitioner"));
        composition.path("attester").forEach(attester -> {
            if (attester.path("party") instanceof ObjectNode party) {
                parties.keep(party, "Practitioner");
            }
        });
        if (composition.get("custodian") instanceof ObjectNode custodian) {
            parties.keep(custodian, "Organization");
        }
        return patientReference;
    }

    /** A composition being filled. */
    private record Composed(ObjectNode composition, ImportRun run) {}

    private void sections(CdaElement root, Optional<DocumentType> type, Composed composed) {
        for (CdaPath.Hit hit : CdaPath.parse("component//section").select(root)) {
            CdaElement section = hit.element();
            String key = type.isPresent() ? key(section) : "";
            // Asked once a section: to look for its code is to look through all its entries where it has none.
            CdaElement code = section.child("code");
            List<CdaMaps.ForeignEntry> rows = maps.foreign(code == null ? "" : code.attribute("code"));
            Set<String> made = new LinkedHashSet<>();
            for (CdaElement entry : section.children("entry")) {
                List<String> read = type.isPresent()
                        ? new SharedSections(tables, maps).read(entry, key, composed.run())
                        : foreign(rows, entry, composed.run());
                if (read.isEmpty() && !entry.empty()) {
                    composed.run().notice(CdaError.NOT_MAPPED, entry.xpath(), "no row reads it");
                }
                made.addAll(read);
            }
            describe(section, made, composed);
        }
    }

    /** The key of a section, by its code or its title; empty when the tables have none such. */
    private String key(CdaElement section) {
        CdaElement code = section.child("code");
        String loinc = code == null ? "" : code.attribute("code");
        String display = code == null ? "" : code.attribute("displayName");
        CdaElement title = section.child("title");
        for (DocumentSection known : tables.sections()) {
            boolean same = known.code().isEmpty()
                    ? loinc.isEmpty()
                            && (known.display().equals(display)
                                    || title != null && known.title().equals(title.content()))
                    : known.code().equals(loinc);
            if (same) {
                return known.key();
            }
        }
        return "";
    }

    private List<String> foreign(List<CdaMaps.ForeignEntry> rows, CdaElement entry, ImportRun run) {
        List<String> made = new ArrayList<>();
        ObjectNode report = null;
        for (CdaMaps.ForeignEntry row : rows) {
            for (CdaPath.Hit hit : row.path().select(entry)) {
                boolean stated = stated(hit.element(), run);
                ObjectNode resource = stated ? run.make(maps.imports(row.map()), hit.element()) : null;
                if (resource == null) {
                    continue;
                }
                String reference = run.keep(resource, hit.element());
                made.add(reference);
                if (reference.startsWith("DiagnosticReport/")) {
                    report = run.kept(reference);
                } else if (report != null && reference.startsWith("Observation/")) {
                    report.withArray("result").addObject().put("reference", reference);
                }
            }
        }
        return made;
    }

    /** What is denied, or only planned, must not become something that is so. Medicines that are ordered are listed. */
    private static boolean stated(CdaElement act, ImportRun run) {
        boolean denied = act.attribute("negationInd").equals("true")
                || act.parent() != null
                        && act.parent().parent() != null
                        && act.parent().parent().attribute("negationInd").equals("true");
        String mood = act.attribute("moodCode");
        boolean planned = !mood.isEmpty() && !mood.equals("EVN") && !act.name().equals("substanceAdministration");
        if (denied || planned) {
            run.notice(
                    CdaError.NOT_MAPPED,
                    act.xpath(),
                    denied ? "it is denied (negationInd)" : "it is not an event (moodCode)");
        }
        return !denied && !planned;
    }

    private static void describe(CdaElement section, Set<String> made, Composed composed) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        if (section.child("title") != null && !section.child("title").content().isEmpty()) {
            described.put("title", section.child("title").content());
        }
        if (section.child("code") != null) {
            ElementPath.Typed code =
                    composed.run().value(new CdaPath.Hit(section.child("code"), null), "CodeableConcept", null);
            if (code != null) {
                described.set("code", code.node());
            }
        }
        if (section.child("text") != null && !section.child("text").content().isEmpty()) {
            String text = section.child("text")
                    .content()
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;");
            described
                    .putObject("text")
                    .put("status", "additional")
                    .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + text + "</div>");
        }
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        made.forEach(reference -> entries.addObject().put("reference", reference));
        if (!entries.isEmpty()) {
            described.set("entry", entries);
        }
        if (!described.isEmpty()) {
            composed.composition().withArray("section").add(described);
        }
    }

    private static void document(Map<String, ObjectNode> header, String composition, CdaElement root, ImportRun run) {
        ObjectNode document = header.get("DocumentReference");
        ObjectNode composed = header.get("Composition");
        if (composed.has("identifier") && !document.has("identifier")) {
            document.putArray("identifier").add(composed.get("identifier").deepCopy());
        }
        if (composed.has("title") && !document.has("description")) {
            document.put("description", composed.path("title").asText());
        }
        if (composed.has("author")) {
            document.set("author", composed.get("author").deepCopy());
        }
        if (composed.has("custodian")) {
            document.set("custodian", composed.get("custodian").deepCopy());
        }
        ObjectNode context =
                document.get("context") instanceof ObjectNode there ? there : document.putObject("context");
        context.withArray("related").addObject().put("reference", composition);
        run.keep(document, root);
    }
}
