package org.tongmai.mappings.cda.internal;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.mappings.cda.CdaDocument;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;

/** Makes a shared document of canonical resources; the same resources, the same bytes. */
final class DocumentGenerator {
    private final DocumentTables tables;
    private final CdaMaps maps;
    private final DataTypeWriter types;

    DocumentGenerator(DocumentTables tables, CdaMaps maps, DataTypeWriter types) {
        this.tables = tables;
        this.maps = maps;
        this.types = types;
    }

    CdaDocument generate(DocumentType type, List<CanonicalResource> resources) {
        List<Issue> issues = new ArrayList<>();
        DocumentSource source = new DocumentSource(NamedReferences.in(resources), maps.table("data-element-to-loinc"));
        PlaceWriter places = new PlaceWriter(types, issues);
        CdaElement root = CdaElement.of("ClinicalDocument")
                .with("xmlns", CdaXmlReader.HL7)
                .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        new HeaderWriter(tables, maps, places, issues).write(root, type, source);
        new SectionWriter(tables, maps, places, issues).write(root, type, source);
        byte[] xml = new CdaXmlWriter(issues).write(root);
        refuse(issues);
        String id = CdaPath.parse("id/@extension").select(root).get(0).text();
        return new CdaDocument(type.code(), id, xml, issues);
    }

    private static void refuse(List<Issue> issues) {
        List<Issue> worst = issues.stream()
                .filter(issue -> issue.severity().refuses() && issue.code() != CdaError.REPEATED)
                .toList();
        if (!worst.isEmpty()) {
            throw new CodedException(worst, null);
        }
        issues.replaceAll(issue -> issue.severity().refuses()
                ? new Issue(issue.code(), Severity.WARNING, issue.location(), issue.detail())
                : issue);
    }
}
