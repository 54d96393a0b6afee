package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.standards.error.ProblemJson;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Writes errors for callers of SOAP 1.1 (4.4; by HTTP always 500, 6.2), SOAP 1.2 (part 1, 5.4; 400 where the caller is at fault,
 * part 2, 7.5.2.2) and XML. A problem (RFC 9457) is the element {@code problem} of its appendix B in the fault's detail, and its
 * code stands first in the fault's text.
 */
public final class XmlFault {
    private static final String PROBLEM_NAMESPACE = "urn:ietf:rfc:7807";
    private static final String PROBLEM_XML = "application/problem+xml";
    private static final int INTERNAL_ERROR = 500;
    private static final int BAD_REQUEST = 400;

    /** Of refusals, whoever they are told. */
    private static final XmlFault REFUSALS = new XmlFault(PROBLEM_NAMESPACE, "problem");

    private final String namespace;
    private final String element;

    /** Who is at fault, by the codes of each version. */
    private enum Code {
        CALLER("Client", "Sender"),
        SERVICE("Server", "Receiver"),
        VERSION("VersionMismatch", "VersionMismatch"),
        HEADER("MustUnderstand", "MustUnderstand");

        private final String older;
        private final String newer;

        Code(String older, String newer) {
            this.older = older;
            this.newer = newer;
        }

        static Code of(String code, int status) {
            if (code.equals(GatewayError.VERSION_MISMATCH.code())) {
                return VERSION;
            }
            if (code.equals(GatewayError.HEADER_NOT_UNDERSTOOD.code())) {
                return HEADER;
            }
            return status >= BAD_REQUEST && status < INTERNAL_ERROR ? CALLER : SERVICE;
        }
    }

    /**
     * What is said of an error.
     *
     * @param content null where there is nothing to say, or nothing that XML can hold
     */
    private record Said(Code code, String text, String namespace, String element, ObjectNode content) {
        Said without(int status) {
            return new Said(code, answered(status), namespace, element, null);
        }
    }

    /** @param element holds an error of the service that is JSON and no problem, in a namespace */
    XmlFault(String namespace, String element) {
        this.namespace = namespace;
        this.element = element;
    }

    /** A refusal of the gateway for a caller that speaks a protocol. */
    public static HttpAnswer refusal(HttpAnswer problem, Protocol protocol) {
        return REFUSALS.of(problem, protocol);
    }

    /** The error a service answered; always one that can be written. */
    HttpAnswer of(HttpAnswer error, Protocol protocol) {
        Said said = said(error);
        byte[] xml;
        try {
            xml = written(said, protocol, (int) error.content().length());
        } catch (Refused | XMLStreamException e) {
            xml = always(said.without(error.status()), protocol);
        }
        HttpFields fields = ContentFields.ofAnswer(error.fields());
        return switch (protocol) {
            case SOAP_1_1 -> answer(INTERNAL_ERROR, fields, Envelope.SOAP_1_1.contentType(""), xml);
            case SOAP_1_2 ->
                answer(
                        said.code() == Code.CALLER ? BAD_REQUEST : INTERNAL_ERROR,
                        fields,
                        Envelope.SOAP_1_2.contentType(""),
                        xml);
            case XML ->
                answer(
                        error.status(),
                        fields,
                        said.namespace().equals(PROBLEM_NAMESPACE)
                                ? PROBLEM_XML + "; charset=utf-8"
                                : Envelope.NONE.contentType(""),
                        xml);
        };
    }

    private static String answered(int status) {
        return "The service answered with status " + status;
    }

    private static HttpAnswer answer(int status, HttpFields fields, String type, byte[] xml) {
        return new HttpAnswer(status, fields.with("Content-Type", type), xml);
    }

    private Said said(HttpAnswer error) {
        ObjectNode content = content(error).orElse(null);
        if (content == null) {
            Code code = Code.of("", error.status());
            return new Said(code, answered(error.status()), namespace, element, null);
        }
        boolean problem = type(error).equals(ProblemJson.MEDIA_TYPE);
        String ours = problem ? content.path("code").asText() : "";
        String title = problem ? content.path("title").asText() : answered(error.status());
        return new Said(
                Code.of(ours, error.status()),
                (ours + ' ' + title).strip(),
                problem ? PROBLEM_NAMESPACE : namespace,
                problem ? "problem" : element,
                content);
    }

    private static Optional<ObjectNode> content(HttpAnswer error) {
        if (!isJson(error) || !error.content().isHeld()) {
            return Optional.empty();
        }
        try {
            JsonNode json = BoundedJson.read(text(error.body()));
            if (json instanceof ObjectNode object) {
                return Optional.of(object);
            }
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.set(json.isArray() ? "item" : "#text", json);
            return Optional.of(object);
        } catch (Refused unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] written(Said said, Protocol protocol, int length) throws XMLStreamException {
        return BoundedXml.written(Envelope.of(protocol), length, xml -> {
            switch (protocol) {
                case SOAP_1_1 -> older(xml, said);
                case SOAP_1_2 -> newer(xml, said);
                case XML -> element(xml, said);
            }
        });
    }

    /** What is left is text of ours, which XML can hold. */
    private static byte[] always(Said said, Protocol protocol) {
        try {
            return written(said, protocol, 0);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a fault of constants", e);
        }
    }

    private static void older(XMLStreamWriter xml, Said said) throws XMLStreamException {
        xml.writeStartElement(Envelope.PREFIX, "Fault", Envelope.SOAP_1_1.namespace());
        text(xml, "faultcode", Envelope.PREFIX + ':' + said.code().older);
        text(xml, "faultstring", said.text());
        if (hasDetail(said)) {
            xml.writeStartElement("detail");
            element(xml, said);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void newer(XMLStreamWriter xml, Said said) throws XMLStreamException {
        String namespace = Envelope.SOAP_1_2.namespace();
        xml.writeStartElement(Envelope.PREFIX, "Fault", namespace);
        xml.writeStartElement(Envelope.PREFIX, "Code", namespace);
        xml.writeStartElement(Envelope.PREFIX, "Value", namespace);
        xml.writeCharacters(Envelope.PREFIX + ':' + said.code().newer);
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeStartElement(Envelope.PREFIX, "Reason", namespace);
        xml.writeStartElement(Envelope.PREFIX, "Text", namespace);
        xml.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", "en");
        JsonToXml.text(xml, said.text());
        xml.writeEndElement();
        xml.writeEndElement();
        if (hasDetail(said)) {
            xml.writeStartElement(Envelope.PREFIX, "Detail", namespace);
            element(xml, said);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** A fault about a header block says nothing in its detail, which is about the body (SOAP 1.1, 4.4). */
    private static boolean hasDetail(Said said) {
        return said.code() != Code.HEADER && said.content() != null;
    }

    private static void element(XMLStreamWriter xml, Said said) throws XMLStreamException {
        ObjectNode content = said.content() == null
                ? JsonNodeFactory.instance.objectNode().put("title", said.text())
                : said.content();
        new JsonToXml(xml, said.namespace(), JsonToXml.Elements.QUALIFIED).root(said.element(), content);
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        JsonToXml.text(xml, text);
        xml.writeEndElement();
    }

    static boolean isJson(HttpAnswer answer) {
        String type = type(answer);
        return answer.content().length() > 0 && (type.equals("application/json") || type.endsWith("+json"));
    }

    private static String type(HttpAnswer answer) {
        return MediaType.nameIn(answer.fields().first("content-type").orElse(""));
    }

    /** @throws Refused {@link GatewayError#CONTENT_NOT_CONVERTED} where it is not UTF-8 */
    static String text(byte[] bytes) {
        try {
            return CallParameters.text(bytes);
        } catch (Refused e) {
            throw new Refused(GatewayError.CONTENT_NOT_CONVERTED, "", "expected UTF-8");
        }
    }
}
