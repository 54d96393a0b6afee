package org.tongmai.standards.document;

/**
 * One element of the header 文档头.
 *
 * @param name kebab-case with a prefix, for example {@code patient.birth-time}
 * @param title its Chinese name
 * @param dataElement code of its data element; empty where it has none
 * @param xpath where it stands below {@code ClinicalDocument}
 * @param type HL7 V3 data type
 * @param cardinality how often it stands
 * @param fixed the value it must have, {@code {code}}, {@code {template}} and {@code {title}} being those of the
 *     document type; empty for any
 */
public record HeaderElement(
        String name,
        String title,
        String dataElement,
        String xpath,
        String type,
        Cardinality cardinality,
        String fixed) {
    /** The fixed value for a document type; empty for any. */
    public String fixedFor(DocumentType type) {
        return switch (fixed) {
            case "{code}" -> type.code();
            case "{template}" -> type.template();
            case "{title}" -> type.title();
            default -> fixed;
        };
    }
}
