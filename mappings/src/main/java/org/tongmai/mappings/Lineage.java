package org.tongmai.mappings;

/**
 * Where one output element came from. Holds patient data; never logged.
 *
 * @param resource the resource it is in, for example {@code Patient/abc}
 * @param element its path there, lists counted from 0: {@code identifier[0].value}
 * @param source field it was read from, for example {@code PID-3[1].1}
 * @param offset where that field begins in the decoded message, in characters; -1 for a constant
 * @param file map file of the row
 * @param line line of the row
 * @param table concept map used, or empty
 * @param before what was read
 * @param after what was written, as JSON
 */
public record Lineage(
        String resource,
        String element,
        String source,
        int offset,
        String file,
        int line,
        String table,
        String before,
        String after) {
    /** Most that one answer tells. */
    public static final int MOST = 10_000;

    /** The element with its resource: {@code Patient/abc.identifier[0].value}. */
    public String path() {
        return resource + "." + element;
    }

    /** The same without what was read and written. */
    public Lineage withoutData() {
        return new Lineage(resource, element, source, offset, file, line, table, "", "");
    }

    @Override
    public String toString() {
        return "Lineage[" + path() + " from " + source + " by " + file + ":" + line + "]";
    }
}
