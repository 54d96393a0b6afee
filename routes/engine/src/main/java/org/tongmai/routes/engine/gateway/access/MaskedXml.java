package org.tongmai.routes.engine.gateway.access;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tongmai.standards.xml.UntrustedXml;

/** Elements with text, and attributes ({@code element@attribute}), in their order; nothing outside the content is fetched. */
final class MaskedXml {
    private static final XMLInputFactory FACTORY = UntrustedXml.factory();

    private final Masking masking;
    private final JsonGenerator json;
    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();

    MaskedXml(Masking masking, JsonGenerator json) {
        this.masking = masking;
        this.json = json;
    }

    void read(byte[] bytes) throws IOException {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (xml.hasNext()) {
                event(xml.next(), xml);
            }
        } catch (XMLStreamException e) {
            json.writeString("*" + bytes.length); // from here on it can not be read
        }
    }

    private void event(int event, XMLStreamReader xml) throws IOException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                said();
                path.push(xml.getLocalName());
                for (int i = 0; i < xml.getAttributeCount(); i++) {
                    masking.attribute(json, path.peek(), xml.getAttributeLocalName(i), xml.getAttributeValue(i));
                }
            }
            case XMLStreamConstants.END_ELEMENT -> {
                said();
                path.pop();
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
            default -> {}
        }
    }

    private void said() throws IOException {
        String said = text.toString().strip();
        text.setLength(0);
        if (!said.isEmpty() && !path.isEmpty()) {
            masking.pair(json, path.peek(), said);
        }
    }
}
