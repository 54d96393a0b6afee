package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.rules.Binding;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.xml.UntrustedXml;

/** Reads the operation a call holds as JSON: of an envelope the one element of its body. Header blocks are not handed on. */
final class OperationReader {
    private static final XMLInputFactory XML = UntrustedXml.factory();
    private static final Set<String> TRUE = Set.of("1", "true");
    /** WS-Addressing 1.0, and the submission that older clients write. */
    private static final Set<String> ADDRESSING =
            Set.of("http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing");
    /** Attributes that say of a value how it is written, and are none: clients of SOAP write them by themselves. */
    private static final Set<String> OF_THE_WIRE =
            Set.of(XmlToJson.INSTANCE, Envelope.SOAP_1_1.namespace(), Envelope.SOAP_1_2.namespace());

    private final Binding rule;

    OperationReader(Binding rule) {
        this.rule = rule;
    }

    /** @throws Refused as {@link XmlBinding#read} */
    ObjectNode read(HttpCall call, Protocol protocol) {
        requireTaken(call, protocol);
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(call.body());
            String charset = CallParameters.charset(call);
            XMLStreamReader xml =
                    charset.isEmpty() ? XML.createXMLStreamReader(in) : XML.createXMLStreamReader(in, charset);
            try {
                return read(xml, Envelope.of(protocol));
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | IllegalArgumentException e) { // the second of a charset Java does not know
            throw unreadable("found no XML, too much or too deep, or a document type");
        }
    }

    private void requireTaken(HttpCall call, Protocol protocol) {
        boolean taken = rule.protocols().contains(protocol);
        require(taken || protocol != Protocol.XML, "expected one of " + rule.protocols());
        if (!taken) {
            throw new Refused(GatewayError.VERSION_MISMATCH, "", "expected: one of " + rule.protocols());
        }
        if (call.fields().all("content-encoding").stream().anyMatch(each -> !each.equalsIgnoreCase("identity"))) {
            throw unreadable("found an encoded content");
        }
        if (protocol == Protocol.XML) {
            return;
        }
        require(call.method().equals("POST"), "expected POST, by which SOAP is sent");
        requireAction(
                protocol == Protocol.SOAP_1_2
                        ? CallParameters.parameter(call, "action")
                        : call.fields().first("soapaction").orElse("").strip().replace("\"", ""));
    }

    private void requireAction(String action) {
        require(
                rule.action().isEmpty() || action.isEmpty() || action.equals(rule.action()),
                "found another action (expected: " + rule.action() + ")");
    }

    private ObjectNode read(XMLStreamReader xml, Envelope envelope) throws XMLStreamException {
        XmlToJson json = new XmlToJson(xml, Set.copyOf(rule.arrays()), OF_THE_WIRE);
        require(json.next(), "expected an element");
        boolean enveloped = envelope != Envelope.NONE;
        if (enveloped) {
            toBody(xml, json, envelope);
            require(json.next(), "expected an operation in the body");
        }
        requireOperation(xml);
        ObjectNode content = json.object();
        if (enveloped) {
            require(!json.next(), "found more than one element in the body");
            require(!json.next(), "found an element behind the body");
        }
        require(!json.next(), "found more than one element");
        return content;
    }

    private void toBody(XMLStreamReader xml, XmlToJson json, Envelope envelope) throws XMLStreamException {
        if (xml.getLocalName().equals("Envelope") && !envelope.namespace().equals(xml.getNamespaceURI())) {
            throw new Refused(
                    GatewayError.VERSION_MISMATCH, "", "expected an envelope of the namespace " + envelope.namespace());
        }
        require(is(xml, "Envelope", envelope), "expected an envelope of SOAP");
        require(json.next(), "expected a body of SOAP");
        if (is(xml, "Header", envelope)) {
            while (json.next()) {
                requireOptional(xml, envelope);
                boolean action = xml.getLocalName().equals("Action")
                        && ADDRESSING.contains(String.valueOf(xml.getNamespaceURI()));
                String text = json.object().path("#text").asText().strip();
                requireAction(action ? text : "");
            }
            require(json.next(), "expected a body of SOAP");
        }
        require(is(xml, "Body", envelope), "expected a body of SOAP");
    }

    /** No block is understood here, whoever it is for: security that was asked for and not applied would be none. */
    private static void requireOptional(XMLStreamReader xml, Envelope envelope) {
        String must = xml.getAttributeValue(envelope.namespace(), "mustUnderstand");
        if (must != null && TRUE.contains(must.strip())) {
            throw new Refused(GatewayError.HEADER_NOT_UNDERSTOOD, "", "");
        }
    }

    private static boolean is(XMLStreamReader xml, String name, Envelope envelope) {
        return name.equals(xml.getLocalName()) && envelope.namespace().equals(xml.getNamespaceURI());
    }

    private void requireOperation(XMLStreamReader xml) {
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        require(
                rule.operation().equals(xml.getLocalName()) && rule.namespace().equals(namespace),
                "expected the element {" + rule.namespace() + "}" + rule.operation());
    }

    private static void require(boolean kept, String otherwise) {
        if (!kept) {
            throw unreadable(otherwise);
        }
    }

    private static Refused unreadable(String detail) {
        return new Refused(GatewayError.CALL_NOT_READ, "", detail);
    }
}
