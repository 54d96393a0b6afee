package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.XmlElement;
import org.tongmai.standards.xml.UntrustedXml;

/** XML 1.0 by StAX, without document types, entities and anything fetched. */
final class XmlReader {
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final String FHIR = "http://hl7.org/fhir";
    private static final Set<String> PAGES =
            Set.of(XHTML, "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML");
    /** What it costs to begin one in a value, in characters. */
    private static final int NO_XML = 300;

    private static final XMLInputFactory FACTORY = UntrustedXml.factory();

    private final Inspection inspection;
    private XmlTexts texts;
    private boolean fhir;
    /** A page in a value may have a document type. */
    private boolean nested;
    /** Declared by the elements that are open: each name is looked for among them. */
    private int namespaces;

    XmlReader(Inspection inspection) {
        this.inspection = inspection;
    }

    void read(Content content) throws Refused {
        texts = new XmlTexts(inspection, content.bytes().length);
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(content.bytes());
            XMLStreamReader xml = content.charset() == null
                    ? FACTORY.createXMLStreamReader(in)
                    : FACTORY.createXMLStreamReader(in, content.charset().name());
            requireOneCharset(xml, content);
            events(xml);
        } catch (XMLStreamException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNumber() + ", column "
                            + e.getLocation().getColumnNumber();
            throw new Refused(ScreenError.NOT_ITS_TYPE, Place.of(Place.Kind.BODY), "xml" + where);
        }
    }

    /** In a character set that is not its own, as far as it is XML there. */
    void readOtherwise(String text) throws Refused {
        texts = new XmlTexts(inspection, text.length());
        try {
            events(FACTORY.createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException e) {
            inspection.charge(text.length()); // who reads it so can not read on either
        }
    }

    /** In a value, as far as it is XML. */
    static void readNested(String text, Inspection inspection) throws Refused {
        inspection.charge(NO_XML); // the parser is dear to make, and where it is none there is an exception
        XmlReader reader = new XmlReader(inspection);
        reader.nested = true;
        if (text.contains("<!ENTITY")) {
            throw new Refused(ScreenError.DOCUMENT_TYPE, Place.of(Place.Kind.XML), "document type or entity");
        }
        reader.readOtherwise(text);
    }

    private void events(XMLStreamReader xml) throws XMLStreamException, Refused {
        while (xml.hasNext()) {
            event(xml.next(), xml);
        }
        xml.close();
    }

    /** What it says of itself counts for some readers more than what its Content-Type says (RFC 7303, 3.2). */
    private static void requireOneCharset(XMLStreamReader xml, Content content) throws Refused {
        Content.charset(xml.getEncoding() == null ? "" : xml.getEncoding());
        String said = xml.getCharacterEncodingScheme();
        Charset own = Content.charset(said == null ? "" : said);
        boolean two = own != null && content.charset() != null && !own.equals(content.charset());
        if (two && content.isMoreThanAscii()) {
            throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.BODY), "two charsets");
        }
    }

    private void event(int event, XMLStreamReader xml) throws Refused {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(xml);
            case XMLStreamConstants.END_ELEMENT -> {
                namespaces -= xml.getNamespaceCount();
                texts.end();
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                texts.piece(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                if (!nested) {
                    throw new Refused(ScreenError.DOCUMENT_TYPE, texts.place(), "document type or entity");
                }
            }
            case XMLStreamConstants.COMMENT -> inspection.shown(xml.getText(), texts::place);
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                inspection.shown("<?" + xml.getPITarget() + " " + xml.getPIData() + "?>", texts::place);
            default -> {}
        }
    }

    private void start(XMLStreamReader xml) throws Refused {
        namespaces += xml.getNamespaceCount();
        inspection.charge(1L + namespaces);
        String name = xml.getLocalName();
        texts.begin(name);
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        fhir = fhir || namespace.equals(FHIR);
        if (texts.depth() > inspection.limits().depth()) {
            throw new Refused(
                    ScreenError.BEYOND_LIMIT,
                    texts.place(),
                    "deeper than " + inspection.limits().depth());
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String attribute = xml.getAttributeLocalName(i);
            attributes.put(attribute.toLowerCase(Locale.ROOT), xml.getAttributeValue(i));
            inspection.value(xml.getAttributeValue(i), new Field(fhir ? name : attribute, texts::place));
        }
        XmlElement.Kind kind = kind(name, namespace);
        if (!attributes.isEmpty() || kind == XmlElement.Kind.PAGE || kind == XmlElement.Kind.NARRATIVE) {
            inspection.element(new XmlElement(kind, name.toLowerCase(Locale.ROOT), attributes), texts::place);
        }
    }

    private XmlElement.Kind kind(String name, String namespace) {
        if (namespace.equals(XHTML) && fhir) {
            return XmlElement.Kind.NARRATIVE;
        }
        boolean script = name.equalsIgnoreCase("script") || name.equalsIgnoreCase("iframe");
        if (PAGES.contains(namespace) || script) {
            return XmlElement.Kind.PAGE;
        }
        return namespace.isEmpty() ? XmlElement.Kind.BARE : XmlElement.Kind.DATA;
    }
}
