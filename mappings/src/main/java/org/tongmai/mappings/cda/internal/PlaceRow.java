package org.tongmai.mappings.cda.internal;

import org.tongmai.mappings.internal.MapRow;

/**
 * A row read both ways: which FHIR element is which header element or place of an entry.
 *
 * @param at file and line
 * @param type FHIR type the path is below
 * @param from the FHIR element; null for a row that calls
 * @param to name of the header element or place
 * @param code table between the two, or null
 * @param call named function that makes the value, or null; such a row is not read back
 */
record PlaceRow(MapRow.At at, String type, ElementPath from, String to, CodeTable code, String call) {}
