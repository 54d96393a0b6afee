/**
 * Canonical FHIR to shared documents in CDA R2 (WS/T 500) and back, and the import of foreign CDA, by the tables of
 * {@code standards/documents} and the rows of {@code mappings/fhir-to-cda} and {@code mappings/cda-to-fhir}.
 */
package org.tongmai.mappings.cda;
