package org.tongmai.mappings.cda;

/**
 * How large a document may be.
 *
 * @param bytes of the XML
 * @param depth of elements in each other
 * @param nodes elements and texts
 */
public record CdaBounds(int bytes, int depth, int nodes) {
    /** 10 MiB, 100 deep, 400 000 nodes: some hundred times a usual document. */
    public static CdaBounds defaults() {
        return new CdaBounds(10 << 20, 100, 400_000);
    }
}
