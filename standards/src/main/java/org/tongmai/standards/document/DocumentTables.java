package org.tongmai.standards.document;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.standards.document.internal.DocumentTableLoader;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The tables of {@code standards/documents}, immutable. A document is added by rows of {@code documents.csv} and
 * {@code fields.csv}.
 *
 * <p>Source: WS/T 500-2016 as seen in public implementations; each row says how sure it is (see {@code sources.csv}).
 */
public final class DocumentTables {
    private final Map<String, DocumentType> types;
    private final Map<String, DocumentSection> sections;
    private final Map<String, HeaderElement> header;
    private final Map<String, DataElement> dataElements;
    private final List<EntryPlace> places;

    /**
     * The tables as read, each in the order of its rows.
     *
     * @param types by code
     * @param sections by key
     * @param header by name
     * @param dataElements by code
     * @param places of all entries
     */
    public record Rows(
            Map<String, DocumentType> types,
            Map<String, DocumentSection> sections,
            Map<String, HeaderElement> header,
            Map<String, DataElement> dataElements,
            List<EntryPlace> places) {}

    public DocumentTables(Rows rows) {
        this.types = rows.types();
        this.sections = rows.sections();
        this.header = rows.header();
        this.dataElements = rows.dataElements();
        this.places = List.copyOf(rows.places());
    }

    /**
     * Loads the tables that come with this module.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static DocumentTables load() {
        return DocumentTableLoader.packaged();
    }

    /**
     * Loads tables from texts.
     *
     * @param files name ({@code fields.csv}) to content
     * @throws CodedException with every violation at once, each with file and line
     */
    public static DocumentTables load(Map<String, String> files) {
        return DocumentTableLoader.fromTexts(files);
    }

    /** All document types, in order of their codes. */
    public Collection<DocumentType> types() {
        return types.values();
    }

    public Optional<DocumentType> find(String code) {
        return Optional.ofNullable(types.get(code));
    }

    /**
     * The document type with this code.
     *
     * @throws CodedException {@link DocumentError#TYPE_UNKNOWN} when there is none
     */
    public DocumentType type(String code) {
        return find(code)
                .orElseThrow(() -> new CodedException(
                        Issue.of(DocumentError.TYPE_UNKNOWN, "type", "expected one of " + types.size() + " codes")));
    }

    public Collection<DocumentSection> sections() {
        return sections.values();
    }

    /** The section with this key; every key of a field has one. */
    public DocumentSection section(String key) {
        return sections.get(key);
    }

    /** The header, in document order. */
    public Collection<HeaderElement> header() {
        return header.values();
    }

    public Optional<HeaderElement> header(String name) {
        return Optional.ofNullable(header.get(name));
    }

    public Optional<DataElement> dataElement(String code) {
        return Optional.ofNullable(dataElements.get(code));
    }

    /** The places of one kind of entry, in order; the first is the entry's own element. */
    public List<EntryPlace> places(String entry) {
        return places.stream().filter(place -> place.entry().equals(entry)).toList();
    }

    /** Where a field stands, as an XPath below {@code ClinicalDocument}. */
    public String xpath(DocumentField field) {
        if (field.inHeader()) {
            return header.get(field.entry()).xpath();
        }
        List<EntryPlace> found = places(field.entry());
        String own = found.get(0).xpathOf(field.dataElement());
        String name =
                field.qualified() && field.alone() ? "[code/qualifier/name/@displayName='" + field.name() + "']" : "";
        EntryPlace place = found.stream()
                .filter(each -> each.name().equals(field.place()))
                .findFirst()
                .orElseThrow();
        DocumentSection section = section(field.section());
        String code = section.code().isEmpty()
                ? "code/@displayName='" + section.display() + "'"
                : "code/@code='" + section.code() + "'";
        return "component/structuredBody/component/section[" + code + "]/entry/" + own + name + "/"
                + place.xpathOf(field.dataElement());
    }
}
