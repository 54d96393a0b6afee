package org.tongmai.mappings.cda.internal;

import java.util.List;

/**
 * The rows of one header or one kind of entry.
 *
 * @param type FHIR type its resources have; {@code Document} for a header, whose rows name their types themselves
 * @param name {@code header}, or the kind of entry
 * @param rows in order
 */
record PlaceMap(String type, String name, List<PlaceRow> rows) {
    /** The rows of one place, in order. */
    List<PlaceRow> rowsTo(String place) {
        return rows.stream().filter(row -> row.to().equals(place)).toList();
    }
}
