package org.tongmai.standards.canonical;

/**
 * Names one version of one resource.
 *
 * @param type FHIR resource type
 * @param id logical id
 * @param version 1 for the first
 */
public record ResourceVersion(String type, String id, int version) {
    public String reference() {
        return type + "/" + id;
    }
}
