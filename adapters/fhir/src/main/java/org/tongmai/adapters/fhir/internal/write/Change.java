package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing a client wants to be written.
 *
 * @param place where it stands: {@code Bundle.entry[3]}, or empty for a request about one resource
 * @param verb what is to be done
 * @param type FHIR resource type
 * @param id logical id in the address, or empty
 * @param criteria search that finds the resource meant, as it stands in the address, or empty
 * @param conditions under which it is done
 * @param fullUrl what other entries call the resource, or empty
 * @param resource what is to be stored; null for a patch
 * @param patch what is to be done to the stored resource; null unless it is a patch
 */
record Change(
        String place,
        Verb verb,
        String type,
        String id,
        String criteria,
        Conditions conditions,
        String fullUrl,
        ObjectNode resource,
        Patch patch) {

    /** The interactions that write. */
    enum Verb {
        CREATE,
        UPDATE,
        PATCH
    }

    /**
     * Conditions of a change.
     *
     * @param version that must be current, or {@link org.tongmai.standards.canonical.WriteRule#ANY}
     * @param noneExist search that must find nothing for a create, or empty
     */
    record Conditions(int version, String noneExist) {}

    /** Where an element of the resource stands in the request. */
    String at(String element) {
        if (place.isEmpty()) {
            return element;
        }
        int dot = element.indexOf('.');
        return place + ".resource" + (dot < 0 ? "" : element.substring(dot));
    }

    /** Names no patient. */
    @Override
    public String toString() {
        return "Change[" + verb + " " + type + "]";
    }
}
