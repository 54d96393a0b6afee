package org.tongmai.mappings.hl7out.internal;

/** A function of {@code call:} read backwards. */
interface Inverse {
    /**
     * Writes what the element came from.
     *
     * @param cell the value the row reads; null where it reads the whole segment
     * @return whether the element stands in the message now
     */
    boolean write(BackRun run, Element element, Cell cell);
}
