package org.tongmai.standards.canonical;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One FHIR R4 resource as a JSON tree. The id is derived from the business identity (see {@link CanonicalIds}), so the
 * same patient of the same hospital always has the same id and an upsert needs no look-up.
 *
 * @param type FHIR resource type, for example {@code Patient}
 * @param id logical id, 1 to 64 characters of {@code [A-Za-z0-9.-]}
 * @param content the resource, with {@code resourceType} and {@code id}, without {@code meta.versionId} and
 *     {@code meta.lastUpdated}: the store sets them
 * @param rule how it is laid over what is stored
 */
public record CanonicalResource(String type, String id, ObjectNode content, WriteRule rule) {
    public CanonicalResource {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(rule, "rule");
    }

    /** A resource that is merged into what is stored. */
    public CanonicalResource(String type, String id, ObjectNode content) {
        this(type, id, content, WriteRule.MERGE);
    }

    /** The relative reference, {@code Patient/abc}. */
    public String reference() {
        return type + "/" + id;
    }

    @Override
    public String toString() {
        return reference();
    }
}
