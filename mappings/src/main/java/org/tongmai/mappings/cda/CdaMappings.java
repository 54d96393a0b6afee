package org.tongmai.mappings.cda;

import java.util.List;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.cda.internal.CdaEngine;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/**
 * Canonical data as shared documents 电子病历共享文档 (WS/T 500, HL7 CDA R2), and documents as canonical data. Safe for
 * many threads. The tables behind it may be switched while it runs: a document is made by one set of tables.
 *
 * <pre>{@code
 * CdaMappings cda = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
 * CdaDocument document = cda.generate("C0002", resources);
 * CanonicalBundle bundle = cda.read(document.xml());
 * }</pre>
 */
public final class CdaMappings {
    private final DocumentTables tables;
    private final MappingSettings settings;
    private volatile CdaEngine engine;

    private CdaMappings(Terminology terminology, DocumentTables tables, MappingSettings settings) {
        this.tables = tables;
        this.settings = settings;
        this.engine = engine(terminology);
    }

    /**
     * Compiles the packaged tables and maps.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static CdaMappings compile(Terminology terminology, MappingSettings settings) {
        return new CdaMappings(terminology, DocumentTables.load(), settings);
    }

    private CdaEngine engine(Terminology terminology) {
        return new CdaEngine(terminology, tables, settings.zone(), CdaBounds.defaults());
    }

    /**
     * Compiles everything with other tables, beside what runs.
     *
     * @return switches to it; takes no time
     * @throws CodedException when the maps do not fit the tables; what runs goes on
     */
    public Runnable prepare(Terminology terminology) {
        CdaEngine next = engine(terminology);
        return () -> engine = next;
    }

    /** The document types and what they hold. */
    public DocumentTables tables() {
        return tables;
    }

    /**
     * Makes a shared document. What it is stands in a Composition (date, author, custodian, attesters) and a
     * DocumentReference (number, time); what it says, in the other resources.
     *
     * @param type {@code C0001} to {@code C0053}
     * @throws CodedException with every issue when something required is missing or a value can not be written
     */
    public CdaDocument generate(String type, List<CanonicalResource> resources) {
        return engine.generate(tables.type(type), resources);
    }

    /**
     * Makes the shared document whose type the Composition says.
     *
     * @throws CodedException as {@link #generate(String, List)}
     */
    public CdaDocument generate(List<CanonicalResource> resources) {
        return generate(CdaEngine.typeOf(resources), resources);
    }

    /**
     * Reads the resources of a FHIR R4 bundle in JSON.
     *
     * @throws CodedException {@link CdaError#BUNDLE_UNREADABLE} when it is none
     */
    public static List<CanonicalResource> resources(byte[] bundle) {
        return CdaEngine.resources(bundle);
    }

    /**
     * Reads any CDA R2 document: shared ones by the tables, foreign ones as far as the rows know them.
     *
     * @param xml bytes as received
     * @return Patient, Encounter, what the entries say, Practitioner and Organization, Composition and
     *     DocumentReference; its issues name the nodes nothing was made of
     * @throws CodedException when it is refused: not well-formed, forbidden constructs, too large, no patient
     */
    public CanonicalBundle read(byte[] xml) {
        return engine.read(xml);
    }

    /**
     * Judges a shared document by header, section and entry rules.
     *
     * @return what is wrong, each with the XPath of the node; empty when nothing is
     * @throws CodedException when it can not be read at all
     */
    public List<Issue> validate(byte[] xml) {
        return engine.validate(xml);
    }
}
