package org.tongmai.standards.document;

/**
 * One field of one document type.
 *
 * @param document code of the document type
 * @param id unique in the document
 * @param name Chinese name in this document
 * @param section key of its section; {@link #HEADER} for one of the header
 * @param entry kind of entry; for the header the name of its {@link HeaderElement}
 * @param place place in the entry; empty for the header
 * @param dataElement code; empty where a header element has none
 * @param cardinality how often it stands
 * @param qualified whether the data element stands in the document under several names, so that the name decides
 */
public record DocumentField(
        String document,
        String id,
        String name,
        String section,
        String entry,
        String place,
        String dataElement,
        Cardinality cardinality,
        boolean qualified) {
    /** Section of header fields. */
    public static final String HEADER = "header";

    /** Entry of a data element that stands alone. */
    public static final String OBSERVATION = "observation";

    public boolean inHeader() {
        return section.equals(HEADER);
    }

    public boolean alone() {
        return entry.equals(OBSERVATION);
    }
}
