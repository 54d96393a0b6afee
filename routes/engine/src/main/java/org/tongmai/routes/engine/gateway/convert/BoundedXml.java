package org.tongmai.routes.engine.gateway.convert;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;

/** Writes an XML document in UTF-8, in an envelope of SOAP or without one, of no more bytes than what it is made of explains. */
final class BoundedXml {
    /** A name may stand once in JSON and for each element of an array in XML: bytes of what is made. */
    private static final int LARGEST = 16 * 1024 * 1024;

    /** A short JSON may become XML of this many bytes, a longer one so many times its own. */
    private static final int ALWAYS_ALLOWED = 64 * 1024;

    private static final int TIMES_LONGER = 8;
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private BoundedXml() {}

    /** What stands in the document, or in the body of the envelope. */
    @FunctionalInterface
    interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    /**
     * @param length of what the content was read from
     * @throws Refused {@link GatewayError#CONTENT_NOT_CONVERTED} where it becomes too much
     */
    static byte[] written(Envelope envelope, int length, Content content) throws XMLStreamException {
        long most = Math.min(LARGEST, Math.max(ALWAYS_ALLOWED, (long) TIMES_LONGER * length));
        ByteArrayOutputStream bytes = new Bounded((int) most);
        XMLStreamWriter xml = XML.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        if (envelope != Envelope.NONE) {
            xml.writeStartElement(Envelope.PREFIX, "Envelope", envelope.namespace());
            xml.writeNamespace(Envelope.PREFIX, envelope.namespace());
            xml.writeStartElement(Envelope.PREFIX, "Body", envelope.namespace());
        }
        content.write(xml);
        xml.writeEndDocument();
        xml.close();
        return bytes.toByteArray();
    }

    /** Takes no more than the largest content. */
    private static final class Bounded extends ByteArrayOutputStream {
        private final int most;

        Bounded(int most) {
            super();
            this.most = most;
        }

        @Override
        public synchronized void write(int one) {
            requireRoom(1);
            super.write(one);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            requireRoom(length);
            super.write(bytes, from, length);
        }

        private void requireRoom(int length) {
            if (size() + length > most) {
                throw new Refused(GatewayError.CONTENT_NOT_CONVERTED, "", "expected at most " + most + " bytes of XML");
            }
        }
    }
}
