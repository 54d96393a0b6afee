package org.tongmai.standards.terminology;

/** Is told of every code that a concept map has no row for, by whoever maps. Must be cheap and must not block. */
@FunctionalInterface
public interface UnmappedListener {
    /**
     * @param sender MSH-4, or MSH-3 where there is none
     * @param conceptMap name of the map
     * @param code as the sender wrote it
     */
    void unmapped(String sender, String conceptMap, String code);
}
