package org.tongmai.mappings.cda.internal;

import java.util.List;
import org.tongmai.mappings.internal.MapRow;

/**
 * The rows that make one FHIR resource of one CDA element.
 *
 * @param name file name
 * @param from path of the elements
 * @param type FHIR type made
 * @param rows in order; of rows with one target the first that says something wins
 */
record ImportMap(String name, CdaPath from, String type, List<Row> rows) {
    /**
     * One row.
     *
     * @param at file and line
     * @param from what is read; null for a constant
     * @param to what is written
     * @param code table of what is read, or null
     * @param constant text written, or null
     * @param required whether there is no resource without it
     */
    record Row(MapRow.At at, CdaPath from, ElementPath to, CodeTable code, String constant, boolean required) {}
}
