package org.tongmai.mappings.internal;

import org.tongmai.mappings.MappingError;
import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.ConceptMap;

/** Turns the name of a coding system (HL7 table 0396, an OID, or a local one) into a URI. */
final class CodingSystems {
    private CodingSystems() {}

    /** A code as FHIR writes it: single blanks inside, none around. */
    static String code(Hl7Value value) {
        return code(value.text());
    }

    static String code(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return text.strip().replaceAll("\\s+", " ");
            }
        }
        return text;
    }

    /** The system a code is of: the one named, or the sender's own where that is known not to have the code. */
    static String checked(MapRun run, String system, String code) {
        String checked = ownUnlessKnown(run, system, code);
        if (!checked.equals(system)) {
            run.warn(MappingError.CODE_UNKNOWN, "found a code that is not in the system it is said to be of");
        }
        return checked;
    }

    /** The same without an issue. */
    static String ownUnlessKnown(MapRun run, String system, String code) {
        boolean lacks = run.message().lacks(system, code);
        return lacks ? IdentifierSystems.codesOf(run, system.substring(system.lastIndexOf('/') + 1)) : system;
    }

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
        if (IdentifierSystems.isUri(name)) {
            return name;
        }
        if (IdentifierSystems.looksLikeOid(name)) {
            return "urn:oid:" + name;
        }
        boolean local = name.equals("L") || name.startsWith("99");
        return local && name.length() <= 2 ? null : "urn:tongmai:code-system:" + IdentifierSystems.name(name);
    }
}
