package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tongmai.standards.canonical.WriteRule;

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
 * @param resource what is to be stored; null for a patch that was not tried, or could not be applied
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
     * @param version that must be current, 0 when there must be none, {@link #EXISTING} when there must be one, or
     *     {@link WriteRule#ANY}
     * @param noneExist search that must find nothing for a create, or empty
     */
    record Conditions(int version, String noneExist) {
        /** Some version must be current: {@code If-Match: *}. */
        static final int EXISTING = -2;

        boolean hold(int found) {
            return version == WriteRule.ANY || (version == EXISTING ? found > 0 : version == found);
        }
    }

    /** A message's header, which is judged and not stored. */
    static Change header(ObjectNode header) {
        Conditions none = new Conditions(WriteRule.ANY, "");
        return new Change("Bundle.entry[0]", Verb.CREATE, "MessageHeader", "", "", none, "", header, null);
    }

    /** The same patch with what came of it. */
    Change looked(String found, ObjectNode whole, Patch.Look look) {
        return new Change(place, verb, type, found, criteria, conditions, fullUrl, whole, patch.with(look));
    }

    /** Where something outside the resource stands: in an entry of a Bundle, or in a request of its own. */
    String at(String inBundle, String alone) {
        return place.isEmpty() ? alone : place + "." + inBundle;
    }

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
