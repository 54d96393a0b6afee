package org.tongmai.standards.document;

/**
 * Where one element stands in an entry 条目.
 *
 * @param entry kind of entry, for example {@code procedure}
 * @param name place in it; empty for the entry's own element, below {@code entry}
 * @param dataElement the data element that stands there; {@code *} for any other
 * @param xpath below {@code entry} for the entry's own element, else below that; {@code {data_element}} stands for the
 *     field's code
 */
public record EntryPlace(String entry, String name, String dataElement, String xpath) {
    /** The path for one data element. */
    public String xpathOf(String code) {
        return xpath.replace("{data_element}", code);
    }
}
