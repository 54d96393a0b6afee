package org.tongmai.standards.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One of the shared documents.
 *
 * @param code {@code C0001} to {@code C0053}
 * @param part part of the standard, for example {@code WS/T 500.6}
 * @param template OID of its template
 * @param title Chinese title
 * @param titleEnglish English title
 * @param fields in document order, header first
 */
public record DocumentType(
        String code, String part, String template, String title, String titleEnglish, List<DocumentField> fields) {
    public DocumentType {
        fields = List.copyOf(fields);
    }

    /** The keys of its sections, in order. */
    public Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        fields.stream().filter(field -> !field.inHeader()).forEach(field -> sections.add(field.section()));
        return sections;
    }

    /** The fields of one section, or of the header, in order. */
    public List<DocumentField> fieldsOf(String section) {
        List<DocumentField> found = new ArrayList<>();
        for (DocumentField field : fields) {
            if (field.section().equals(section)) {
                found.add(field);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return code;
    }
}
