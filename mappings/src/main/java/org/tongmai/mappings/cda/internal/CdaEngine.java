package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tongmai.mappings.cda.CdaBounds;
import org.tongmai.mappings.cda.CdaDocument;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** The parts behind the API, compiled once. */
public final class CdaEngine {
    private final DocumentTables tables;
    private final CdaBounds bounds;
    private final DocumentGenerator generator;
    private final DocumentImporter importer;

    public CdaEngine(Terminology terminology, DocumentTables tables, ZoneId zone, CdaBounds bounds) {
        CdaMaps maps = CdaMaps.compile(terminology, tables);
        this.tables = tables;
        this.bounds = bounds;
        this.generator = new DocumentGenerator(tables, maps, new DataTypeWriter(maps.systems(), zone));
        this.importer = new DocumentImporter(tables, maps, zone, bounds);
    }

    public CdaDocument generate(DocumentType type, List<CanonicalResource> resources) {
        return generator.generate(type, resources);
    }

    public static List<CanonicalResource> resources(byte[] bundle) {
        return new BundleReader().read(bundle);
    }

    /** The code of the document type in the composition, or an empty string. */
    public static String typeOf(List<CanonicalResource> resources) {
        for (CanonicalResource resource : resources) {
            if (resource.type().equals("Composition")) {
                for (JsonNode coding : resource.content().path("type").path("coding")) {
                    if (coding.path("system").asText().equals("urn:oid:2.16.156.10011.2.4")) {
                        return coding.path("code").asText();
                    }
                }
            }
        }
        return "";
    }

    public CanonicalBundle read(byte[] xml) {
        return importer.read(xml);
    }

    public List<Issue> validate(byte[] xml) {
        List<Issue> issues = new ArrayList<>();
        CdaElement root = new CdaXmlReader(bounds, issues).read(xml);
        Optional<DocumentType> type = importer.shared(root);
        if (type.isEmpty()) {
            issues.add(Issue.of(CdaError.FIXED_DIFFERS, "/ClinicalDocument/code", "expected a shared document's code"));
            return issues;
        }
        issues.addAll(new DocumentValidator(tables, type.get()).validate(root));
        return issues;
    }
}
