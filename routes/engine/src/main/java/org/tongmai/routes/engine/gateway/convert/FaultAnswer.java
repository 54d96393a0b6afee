package org.tongmai.routes.engine.gateway.convert;

import java.io.ByteArrayInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.xml.UntrustedXml;

/** Tells a fault of SOAP (1.1, 4.4; 1.2 part 1, 5.4) from other errors, in an answer that goes on as it came. */
public final class FaultAnswer {
    private static final XMLInputFactory XML = UntrustedXml.factory();
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";,\\s]+)");
    private static final int BODY_DEPTH = 2;

    private FaultAnswer() {}

    /** Whether it is one. An encoded content, and one in a file, is not read. */
    public static boolean isOne(HttpAnswer answer) {
        String type = answer.fields().first("content-type").orElse("");
        if (!answer.content().isHeld() || !MediaType.nameIn(type).endsWith("xml")) {
            return false;
        }
        try {
            XMLStreamReader xml = reader(answer);
            try {
                return isFault(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            return false;
        }
    }

    /** Reads the content as its type says that it is written. */
    static XMLStreamReader reader(HttpAnswer answer) throws XMLStreamException {
        ByteArrayInputStream in = new ByteArrayInputStream(answer.body());
        Matcher charset = CHARSET.matcher(answer.fields().first("content-type").orElse(""));
        return charset.find() ? XML.createXMLStreamReader(in, charset.group(1)) : XML.createXMLStreamReader(in);
    }

    private static boolean isFault(XMLStreamReader xml) throws XMLStreamException {
        boolean inBody = false;
        int depth = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth == 1 && !is(xml, "Envelope")) {
                    return false;
                }
                if (depth == BODY_DEPTH) {
                    inBody = is(xml, "Body");
                } else if (depth > BODY_DEPTH && inBody) {
                    return is(xml, "Fault");
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return false;
    }

    /** Whether the element is this one of an envelope. */
    static boolean is(XMLStreamReader xml, String name) {
        return name.equals(xml.getLocalName()) && Envelope.isOne(xml.getNamespaceURI());
    }
}
