package org.tongmai.routes.engine.gateway.screen.internal;

import java.util.Map;

/**
 * An element of an XML body.
 *
 * @param kind what it is there for
 * @param name local name in lower case
 * @param attributes local names in lower case with their values
 */
public record XmlElement(Kind kind, String name, Map<String, String> attributes) {
    /** What an element is there for. */
    public enum Kind {
        /** Of a vocabulary of data: only its attributes could do something. */
        DATA,
        /** Of no vocabulary: a page to who shows it as one. */
        BARE,
        /** XHTML, SVG or MathML. */
        PAGE,
        /** XHTML of a FHIR narrative. */
        NARRATIVE
    }
}
