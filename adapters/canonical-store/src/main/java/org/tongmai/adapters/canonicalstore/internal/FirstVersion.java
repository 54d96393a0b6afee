package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a resource must have from its first version on and may not be sent: a result names a visit without its state,
 * which only admission messages know, and FHIR R4 demands {@code Encounter.status}. A later message that says it
 * replaces it; a later result does not touch it.
 */
final class FirstVersion {
    private static final String STATUS = "status";

    private FirstVersion() {}

    /** The content to store first: the same object where nothing is missing. */
    static ObjectNode of(String type, ObjectNode content) {
        if (!type.equals("Encounter") || content.hasNonNull(STATUS)) {
            return content;
        }
        ObjectNode complete = content.deepCopy();
        complete.put(STATUS, "unknown");
        return complete;
    }
}
