package org.tongmai.mappings.internal;

import org.tongmai.standards.terminology.ConceptMap;

/** Turns the name of a coding system (HL7 table 0396, an OID, or a local one) into a URI. */
final class CodingSystems {
    private CodingSystems() {}

    /** The URI; null when nothing was said, or the system is said to be local. */
    static String uri(ConceptMap systems, String name) {
        if (name.isEmpty()) {
            return null;
        }
        ConceptMap.Target known = systems.target(name);
        if (known != null) {
            return known.code();
        }
        if (name.startsWith("HL7") && name.length() == 7) {
            return "http://terminology.hl7.org/CodeSystem/v2-" + name.substring(3);
        }
        if (name.startsWith("http") || name.startsWith("urn:")) {
            return name;
        }
        if (IdentifierSystems.looksLikeOid(name)) {
            return "urn:oid:" + name;
        }
        boolean local = name.equals("L") || name.startsWith("99");
        return local && name.length() <= 2 ? null : "urn:tongmai:code-system:" + IdentifierSystems.name(name);
    }
}
