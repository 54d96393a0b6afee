package org.tongmai.routes.engine.gateway.convert;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tongmai.routes.engine.gateway.rules.Binding;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.xml.XmlNames;

/**
 * Describes a service for clients of SOAP (WSDL 1.1; for SOAP 1.2 the binding of WSDL4SOAP12): one operation, a port for each
 * version. Rules say the operation's name and not what it holds, so that is any elements, as the gateway takes them.
 */
public final class Wsdl {
    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    private static final String OVER_HTTP = "http://schemas.xmlsoap.org/soap/http";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private final Binding rule;
    private final String service;

    /** A version of SOAP in a WSDL. */
    private enum Version {
        SOAP_1_1("soap", "http://schemas.xmlsoap.org/wsdl/soap/", "Soap"),
        SOAP_1_2("soap12", "http://schemas.xmlsoap.org/wsdl/soap12/", "Soap12");

        private final String prefix;
        private final String namespace;
        private final String suffix;

        Version(String prefix, String namespace, String suffix) {
            this.prefix = prefix;
            this.namespace = namespace;
            this.suffix = suffix;
        }

        boolean isTaken(Binding rule) {
            return rule.protocols().contains(Protocol.valueOf(name()));
        }
    }

    /** @param service its id, which names the WSDL's service; behind a low line where it begins as no name of XML does */
    Wsdl(Binding rule, String service) {
        this.rule = rule;
        this.service = XmlNames.isLocal(service) ? service : "_" + service;
    }

    /** Whether a call asks for a description and nothing else. */
    public static boolean isAsked(HttpCall call) {
        return call.method().equals("GET") && call.query().equalsIgnoreCase("wsdl");
    }

    /** The description, as the call that asks for it needs it. */
    public HttpAnswer answer(HttpCall call) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(text);
            xml.writeStartDocument("utf-8", "1.0");
            definitions(xml, location(call));
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a description into a text", e);
        }
        return new HttpAnswer(
                200,
                HttpFields.of("Content-Type", "text/xml; charset=utf-8"),
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String location(HttpCall call) {
        if (!rule.location().isEmpty()) {
            return rule.location();
        }
        String host = call.fields().first("host").orElse("");
        return HOST.matcher(host).matches() ? "http://" + host + call.path() : call.path();
    }

    private void definitions(XMLStreamWriter xml, String location) throws XMLStreamException {
        start(xml, "definitions", "name", service, "targetNamespace", rule.namespace());
        xml.writeNamespace("wsdl", WSDL);
        xml.writeNamespace("tns", rule.namespace());
        for (Version version : Version.values()) {
            xml.writeNamespace(version.prefix, version.namespace);
        }
        types(xml);
        message(xml, rule.operation());
        message(xml, rule.response());
        start(xml, "portType", "name", rule.operation() + "PortType");
        start(xml, "operation", "name", rule.operation());
        empty(xml, "input", "message", "tns:" + rule.operation());
        empty(xml, "output", "message", "tns:" + rule.response());
        xml.writeEndElement();
        xml.writeEndElement();
        for (Version version : Version.values()) {
            if (version.isTaken(rule)) {
                binding(xml, version);
            }
        }
        start(xml, "service", "name", service);
        for (Version version : Version.values()) {
            if (version.isTaken(rule)) {
                port(xml, version, location);
            }
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void types(XMLStreamWriter xml) throws XMLStreamException {
        start(xml, "types");
        xml.writeStartElement("xs", "schema", SCHEMA);
        xml.writeNamespace("xs", SCHEMA);
        xml.writeAttribute("targetNamespace", rule.namespace());
        xml.writeAttribute(
                "elementFormDefault",
                rule.elementFormDefault() == Binding.Form.QUALIFIED ? "qualified" : "unqualified");
        element(xml, rule.operation());
        element(xml, rule.response());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name) throws XMLStreamException {
        xml.writeStartElement("xs", "element", SCHEMA);
        xml.writeAttribute("name", name);
        xml.writeStartElement("xs", "complexType", SCHEMA);
        xml.writeAttribute("mixed", "true");
        xml.writeStartElement("xs", "sequence", SCHEMA);
        xml.writeEmptyElement("xs", "any", SCHEMA);
        xml.writeAttribute("namespace", "##any");
        xml.writeAttribute("processContents", "skip");
        xml.writeAttribute("minOccurs", "0");
        xml.writeAttribute("maxOccurs", "unbounded");
        xml.writeEndElement();
        xml.writeEmptyElement("xs", "anyAttribute", SCHEMA);
        xml.writeAttribute("processContents", "skip");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void message(XMLStreamWriter xml, String name) throws XMLStreamException {
        start(xml, "message", "name", name);
        empty(xml, "part", "name", "parameters", "element", "tns:" + name);
        xml.writeEndElement();
    }

    private void binding(XMLStreamWriter xml, Version version) throws XMLStreamException {
        start(
                xml,
                "binding",
                "name",
                rule.operation() + version.suffix,
                "type",
                "tns:" + rule.operation() + "PortType");
        xml.writeEmptyElement(version.prefix, "binding", version.namespace);
        xml.writeAttribute("style", "document");
        xml.writeAttribute("transport", OVER_HTTP);
        start(xml, "operation", "name", rule.operation());
        xml.writeEmptyElement(version.prefix, "operation", version.namespace);
        xml.writeAttribute("soapAction", rule.action());
        for (String direction : new String[] {"input", "output"}) {
            start(xml, direction);
            xml.writeEmptyElement(version.prefix, "body", version.namespace);
            xml.writeAttribute("use", "literal");
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void port(XMLStreamWriter xml, Version version, String location) throws XMLStreamException {
        start(
                xml,
                "port",
                "name",
                rule.operation() + version.suffix,
                "binding",
                "tns:" + rule.operation() + version.suffix);
        xml.writeEmptyElement(version.prefix, "address", version.namespace);
        xml.writeAttribute("location", location);
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
        xml.writeStartElement("wsdl", name, WSDL);
        attributes(xml, attributes);
    }

    private static void empty(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement("wsdl", name, WSDL);
        attributes(xml, attributes);
    }

    private static void attributes(XMLStreamWriter xml, String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }
}
