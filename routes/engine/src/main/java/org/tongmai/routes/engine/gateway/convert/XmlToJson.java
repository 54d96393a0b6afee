package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML as JSON: an element is a member by its local name, one that is repeated an array, attributes are {@code @name}, text
 * beside attributes or elements {@code #text}, {@code xsi:nil} is null. Every value is a text: nothing says that it is a number.
 */
final class XmlToJson {
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int DEEPEST = 100;
    private static final int MOST = 200_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final XMLStreamReader xml;
    private final Set<String> arrays;
    private final Set<String> silent;
    private int depth;
    private int count;

    /** @param arrays names of elements that are arrays though they come once */
    XmlToJson(XMLStreamReader xml, Set<String> arrays) {
        this(xml, arrays, Set.of());
    }

    /** @param silent namespaces of attributes that are left out */
    XmlToJson(XMLStreamReader xml, Set<String> arrays, Set<String> silent) {
        this.xml = xml;
        this.arrays = arrays;
        this.silent = silent;
    }

    /** Goes to the next element's start; false where the one around it ends first, or the document. */
    boolean next() throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT:
                    return true;
                case XMLStreamConstants.END_ELEMENT:
                    return false;
                default:
                    requirePlain();
            }
        }
        return false;
    }

    /** The element that was just begun, to its end; an object whatever it holds. */
    ObjectNode object() throws XMLStreamException {
        JsonNode value = value();
        if (value instanceof ObjectNode object) {
            return object;
        }
        ObjectNode object = JSON.objectNode();
        if (value.isTextual() && !value.textValue().isEmpty()) {
            object.set("#text", value);
        }
        return object;
    }

    private JsonNode value() throws XMLStreamException {
        count += 1 + xml.getAttributeCount();
        if (++depth > DEEPEST || count > MOST) {
            throw new XMLStreamException("too deep or too many");
        }
        ObjectNode object = JSON.objectNode();
        boolean nil = attributes(object);
        StringBuilder text = new StringBuilder();
        boolean elements = false;
        int event = xml.next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                add(object, name, value());
                elements = true;
            } else if (xml.isCharacters()) {
                text.append(xml.getText());
            } else {
                requirePlain();
            }
            event = xml.next();
        }
        depth--;
        if (object.isEmpty()) {
            return nil ? JSON.nullNode() : JSON.textNode(text.toString());
        }
        String beside = elements ? text.toString().strip() : text.toString();
        return beside.isEmpty() ? object : object.put("#text", beside);
    }

    private boolean attributes(ObjectNode object) {
        boolean nil = false;
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String prefix = xml.getAttributePrefix(i);
            String name = xml.getAttributeLocalName(i);
            String value = xml.getAttributeValue(i);
            String namespace = String.valueOf(xml.getAttributeNamespace(i));
            if (namespace.equals(INSTANCE) && name.equals("nil")) {
                nil = value.strip().equals("true") || value.strip().equals("1");
            } else if (!silent.contains(namespace)) {
                object.put(prefix == null || prefix.isEmpty() ? "@" + name : "@" + prefix + ':' + name, value);
            }
        }
        return nil;
    }

    private void add(ObjectNode object, String name, JsonNode value) {
        JsonNode before = object.get(name);
        if (before instanceof ArrayNode array) {
            array.add(value);
        } else if (before != null) {
            object.putArray(name).add(before).add(value);
        } else if (arrays.contains(name)) {
            object.putArray(name).add(value);
        } else {
            object.set(name, value);
        }
    }

    private void requirePlain() throws XMLStreamException {
        if (xml.getEventType() == XMLStreamConstants.DTD || xml.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XMLStreamException("document type or entity");
        }
    }
}
