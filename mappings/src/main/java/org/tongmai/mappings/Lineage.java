package org.tongmai.mappings;

/**
 * Where one output element came from. Holds patient data; never logged.
 *
 * @param resource resource type
 * @param element path inside it, as the row writes it
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
    @Override
    public String toString() {
        return "Lineage[" + resource + "." + element + " from " + source + " by " + file + ":" + line + "]";
    }
}
