package org.tongmai.mappings.cda.internal;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tongmai.mappings.cda.CdaBounds;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.xml.UntrustedXml;

/**
 * Reads XML of whoever sent it: no DTD, no entities but the five of XML, no inclusion, nothing fetched, bounded size,
 * depth and count. Prefixes are resolved here and not by the parser, so that fragments with undeclared prefixes, which
 * examples are full of, can be read.
 */
final class CdaXmlReader {
    /** Namespace of HL7 V3. */
    static final String HL7 = "urn:hl7-org:v3";

    private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";
    private static final XMLInputFactory FACTORY = factory();

    private final CdaBounds bounds;
    private final Deque<Map<String, String>> scopes = new ArrayDeque<>();
    private final List<Issue> issues;
    private int depth;
    private int nodes;

    CdaXmlReader(CdaBounds bounds, List<Issue> issues) {
        this.bounds = bounds;
        this.issues = issues;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = UntrustedXml.factory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    /** Reads a document; its root is a ClinicalDocument. */
    CdaElement read(byte[] xml) {
        if (xml.length > bounds.bytes()) {
            throw refused(CdaError.TOO_LARGE, "/", "found " + xml.length + " bytes, expected " + bounds.bytes());
        }
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            CdaElement root = document(reader);
            reader.close();
            return root;
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw refused(CdaError.MALFORMED, "line " + line, "expected well-formed XML");
        }
    }

    private CdaElement document(XMLStreamReader reader) throws XMLStreamException {
        CdaElement root = null;
        CdaElement open = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_DECLARATION,
                        XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refused(CdaError.FORBIDDEN, where(open), "expected no DTD and no entity");
                case XMLStreamConstants.START_ELEMENT -> {
                    CdaElement element = element(reader, open);
                    count(element);
                    root = open == null ? checkedRoot(element) : root;
                    open = element;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    scopes.pop();
                    depth--;
                    open = open.parent();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader, open);
                default -> {
                    // comments, processing instructions and blanks say nothing
                }
            }
        }
        if (root == null) {
            throw refused(CdaError.MALFORMED, "/", "expected a root element");
        }
        return root;
    }

    private void text(XMLStreamReader reader, CdaElement open) {
        if (open != null && !reader.isWhiteSpace()) {
            count(open.append(CdaElement.text(reader.getText())));
        }
    }

    private void count(CdaElement node) {
        nodes++;
        if (nodes > bounds.nodes()) {
            throw refused(CdaError.TOO_LARGE, "/", "expected at most " + bounds.nodes() + " nodes");
        }
        if (!node.isText() && ++depth > bounds.depth()) {
            throw refused(CdaError.TOO_LARGE, "/", "expected at most " + bounds.depth() + " elements in each other");
        }
    }

    private CdaElement checkedRoot(CdaElement root) {
        if (!root.name().equals("ClinicalDocument")) {
            throw refused(CdaError.NOT_CDA, "/", "expected ClinicalDocument");
        }
        return root;
    }

    private CdaElement element(XMLStreamReader reader, CdaElement parent) {
        Map<String, String> declared = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = attribute(reader, i);
            if (name.equals("xmlns")) {
                declared.put("", reader.getAttributeValue(i));
            } else if (name.startsWith("xmlns:")) {
                declared.put(name.substring(6), reader.getAttributeValue(i));
            }
        }
        scopes.push(declared);
        String qualified = reader.getLocalName();
        int colon = qualified.indexOf(':');
        String prefix = colon < 0 ? "" : qualified.substring(0, colon);
        String namespace = namespace(prefix);
        if (XINCLUDE.equals(namespace)) {
            throw refused(CdaError.FORBIDDEN, where(parent), "expected no inclusion");
        }
        if (parent == null && !HL7.equals(namespace)) {
            issues.add(Issue.of(CdaError.NAMESPACE_MISSING, "/", "expected " + HL7));
        }
        CdaElement element = CdaElement.of(HL7.equals(namespace) ? qualified.substring(colon + 1) : qualified);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = attribute(reader, i);
            if (!name.equals("xmlns") && !name.startsWith("xmlns:")) {
                element.with(name, reader.getAttributeValue(i));
            }
        }
        return parent == null ? element : parent.append(element);
    }

    /** The name as written, which the parser hands out in two parts. */
    private static String attribute(XMLStreamReader reader, int index) {
        String prefix = reader.getAttributePrefix(index);
        String local = reader.getAttributeLocalName(index);
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private String namespace(String prefix) {
        for (Map<String, String> scope : scopes) {
            String namespace = scope.get(prefix);
            if (namespace != null) {
                return namespace;
            }
        }
        return null;
    }

    private static String where(CdaElement element) {
        return element == null ? "/" : element.xpath();
    }

    private static CodedException refused(CdaError error, String where, String detail) {
        return new CodedException(Issue.of(error, where, detail));
    }
}
