package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.PlainName;
import org.tongmai.standards.xml.XmlNames;

/**
 * Writes JSON as XML: a member is an element, in the order of the members; {@code @name} an attribute, {@code #text} the text
 * beside attributes, an array the element as often, null an element that is {@code xsi:nil}.
 */
final class JsonToXml {
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String PREFIX = "n";
    /** More digits than that are written with an exponent: a short number may stand for a very long text. */
    private static final int LONGEST_SCALE = 64;

    private final XMLStreamWriter xml;
    private final String namespace;
    private final Elements elements;

    /** Whether the elements in the root are in its namespace (elementFormDefault of an XML schema). */
    enum Elements {
        QUALIFIED,
        UNQUALIFIED
    }

    /** @param namespace of the root; empty for none */
    JsonToXml(XMLStreamWriter xml, String namespace, Elements elements) {
        this.xml = xml;
        this.namespace = namespace;
        this.elements = elements;
    }

    /** @throws CodedException {@link GatewayError#CONTENT_NOT_CONVERTED}, with the place as a JSON pointer */
    void root(String name, JsonNode content) throws XMLStreamException {
        if (namespace.isEmpty()) {
            xml.writeStartElement(name);
        } else {
            xml.writeStartElement(PREFIX, name, namespace);
            xml.writeNamespace(PREFIX, namespace);
        }
        xml.writeNamespace("xsi", INSTANCE);
        content(content, "");
        xml.writeEndElement();
    }

    private void content(JsonNode value, String at) throws XMLStreamException {
        if (value.isNull()) {
            xml.writeAttribute("xsi", INSTANCE, "nil", "true");
        } else if (value.isObject()) {
            attributes(value, at);
            for (Iterator<Map.Entry<String, JsonNode>> i = value.fields(); i.hasNext(); ) {
                Map.Entry<String, JsonNode> member = i.next();
                if (!member.getKey().startsWith("@")) {
                    member(member.getKey(), member.getValue(), at + '/' + PlainName.of(member.getKey()));
                }
            }
        } else {
            text(scalar(value, at), at);
        }
    }

    private void attributes(JsonNode object, String at) throws XMLStreamException {
        for (Iterator<Map.Entry<String, JsonNode>> i = object.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> member = i.next();
            if (member.getKey().startsWith("@")) {
                String name = member.getKey().substring(1);
                String where = at + "/@" + PlainName.of(name);
                String value = scalar(member.getValue(), where);
                if (value.chars().anyMatch(c -> c < ' ')) {
                    throw refused(where, "found a line end or tab, expected none in an attribute");
                }
                if (name.equals("xmlns")) {
                    throw refused(where, "found a namespace, expected none but the rule's");
                }
                xml.writeAttribute(named(name, where), characters(value, where));
            }
        }
    }

    private void member(String name, JsonNode value, String at) throws XMLStreamException {
        if (name.equals("#text")) {
            text(scalar(value, at), at);
            return;
        }
        if (!value.isArray()) {
            element(named(name, at), value, at);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isArray()) {
                throw refused(at + '/' + i, "found an array in an array");
            }
            element(named(name, at), value.get(i), at + '/' + i);
        }
    }

    private void element(String name, JsonNode value, String at) throws XMLStreamException {
        if (namespace.isEmpty() || elements == Elements.UNQUALIFIED) {
            xml.writeStartElement(name);
        } else {
            xml.writeStartElement(PREFIX, name, namespace);
        }
        content(value, at);
        xml.writeEndElement();
    }

    /** A carriage return is written as a reference: a parser would read a line feed (XML 1.0, 2.11). */
    private void text(String text, String at) throws XMLStreamException {
        written(xml, characters(text, at));
    }

    private static void written(XMLStreamWriter xml, String text) throws XMLStreamException {
        int from = 0;
        for (int i = text.indexOf('\r'); i >= 0; i = text.indexOf('\r', from)) {
            xml.writeCharacters(text.substring(from, i));
            xml.writeEntityRef("#13");
            from = i + 1;
        }
        xml.writeCharacters(text.substring(from));
    }

    /** A text that is no member of JSON. */
    static void text(XMLStreamWriter xml, String text) throws XMLStreamException {
        written(xml, characters(text, ""));
    }

    private static String scalar(JsonNode value, String at) {
        if (value.isContainerNode() || value.isNull()) {
            throw refused(at, "expected a text, a number or a truth value");
        }
        if (value.isNumber() && !value.isIntegralNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs(number.scale()) <= LONGEST_SCALE ? number.toPlainString() : number.toString();
        }
        return value.asText();
    }

    private static String named(String name, String at) {
        if (!XmlNames.isLocal(name)) {
            throw refused(at, "expected a name of XML without a colon");
        }
        return name;
    }

    /** Only what XML 1.0 can hold (2.2); half a character would be written as something else. */
    private static String characters(String text, String at) {
        boolean legal = text.codePoints()
                .allMatch(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c >= ' ' && c < Character.MIN_SURROGATE
                        || c > Character.MAX_SURROGATE && c < 0xFFFE
                        || c > 0xFFFF);
        if (!legal) {
            throw refused(at, "found a character that XML can not hold");
        }
        return text;
    }

    private static CodedException refused(String at, String detail) {
        return new Refused(GatewayError.CONTENT_NOT_CONVERTED, at, detail);
    }
}
