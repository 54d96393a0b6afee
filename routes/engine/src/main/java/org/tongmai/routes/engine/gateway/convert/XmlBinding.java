package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.rules.Binding;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Callers that speak SOAP or XML to a service that takes JSON: their operation becomes the JSON, its answer their operation's,
 * an error a fault of the same version.
 */
public final class XmlBinding {
    private static final String SOAP_1_1_TYPE = "text/xml";
    private static final String SOAP_1_2_TYPE = "application/soap+xml";
    private static final String XML_TYPE = "application/xml";
    private static final String JSON_TYPE = "application/json";
    private static final int FIRST_NOT_DONE = 300;
    private static final int OK = 200;

    private final Binding rule;
    private final OperationReader reader;
    private final XmlFault faults;

    public XmlBinding(Binding rule) {
        this.rule = rule;
        this.reader = new OperationReader(rule);
        this.faults = new XmlFault(rule.namespace(), rule.operation() + "Fault");
    }

    /** What a call speaks, also where the service does not take that: no XML goes on as it is, whatever JSON is read as. */
    public Optional<Protocol> spoken(HttpCall call) {
        String type = MediaType.nameIn(call.fields().first("content-type").orElse(""));
        boolean posted = call.method().equals("POST");
        boolean xml = rule.protocols().contains(Protocol.XML);
        if (call.content().length() == 0 && !posted) {
            return xml && (isXml(type) || wantsXml(call)) ? Optional.of(Protocol.XML) : Optional.empty();
        }
        if (type.equals(SOAP_1_2_TYPE)) {
            return Optional.of(Protocol.SOAP_1_2);
        }
        if (type.equals(SOAP_1_1_TYPE)) {
            boolean soap = posted && rule.protocols().contains(Protocol.SOAP_1_1);
            return Optional.of(soap || !xml ? Protocol.SOAP_1_1 : Protocol.XML);
        }
        boolean asked = xml && call.content().length() == 0 && wantsXml(call);
        return isXml(type) || asked ? Optional.of(Protocol.XML) : Optional.empty();
    }

    private static boolean isXml(String type) {
        return type.endsWith("/xml") || type.endsWith("+xml");
    }

    /** What a call evidently speaks that is for no service: so that its caller can read why not. */
    public static Optional<Protocol> evident(HttpCall call) {
        String type = MediaType.nameIn(call.fields().first("content-type").orElse(""));
        if (type.equals(SOAP_1_2_TYPE)) {
            return Optional.of(Protocol.SOAP_1_2);
        }
        boolean older =
                type.equals(SOAP_1_1_TYPE) && call.fields().first("soapaction").isPresent();
        return older ? Optional.of(Protocol.SOAP_1_1) : Optional.empty();
    }

    private static boolean wantsXml(HttpCall call) {
        String accept = String.join(",", call.fields().all("accept")).toLowerCase(Locale.ROOT);
        return (accept.contains(XML_TYPE) || accept.contains(SOAP_1_1_TYPE))
                && !accept.contains("json")
                && !accept.contains("html");
    }

    /**
     * The call as JSON.
     *
     * @throws Refused {@link GatewayError#CALL_NOT_READ}, {@link GatewayError#VERSION_MISMATCH}, {@link
     *     GatewayError#HEADER_NOT_UNDERSTOOD}
     */
    public HttpCall read(HttpCall call, Protocol protocol) {
        HttpCall plainly = call.with(ContentFields.ofCall(call.fields()).with("Accept", JSON_TYPE));
        if (protocol == Protocol.XML && call.content().length() == 0) {
            return plainly;
        }
        byte[] json = reader.read(call, protocol).toString().getBytes(StandardCharsets.UTF_8);
        return plainly.with(json).with(plainly.fields().with("Content-Type", JSON_TYPE));
    }

    /**
     * An answer as the caller takes it. To a caller of plain XML what is not JSON goes as it is.
     *
     * @throws Refused {@link GatewayError#ANSWER_NOT_CONVERTED} where it is no JSON that XML can hold
     */
    public HttpAnswer answer(HttpAnswer answer, Protocol protocol) {
        boolean json = answer.content().length() == 0 || XmlFault.isJson(answer);
        if (protocol == Protocol.XML && (!json || answer.content().length() == 0)) {
            return answer;
        }
        if (answer.status() >= FIRST_NOT_DONE) {
            return faults.of(answer, protocol);
        }
        if (!json || !answer.content().isHeld()) {
            throw unreadable(json ? "found a large content" : "found a content that is no JSON");
        }
        try {
            Envelope envelope = Envelope.of(protocol);
            ObjectNode content = content(answer);
            byte[] xml = BoundedXml.written(
                    envelope, answer.body().length, out -> new JsonToXml(out, rule.namespace(), elements())
                            .root(rule.response(), content));
            return new HttpAnswer(
                    status(answer.status(), protocol),
                    ContentFields.ofAnswer(answer.fields()).with("Content-Type", envelope.contentType("")),
                    xml);
        } catch (Refused e) {
            throw unreadable(
                    (e.issues().get(0).location() + " " + e.issues().get(0).detail()).strip());
        } catch (XMLStreamException e) {
            throw unreadable("found what can not be written as XML");
        }
    }

    /** An envelope goes by 200: with 202 clients look for none (SOAP 1.2 part 2, 7.5.1.2), and 204 and 205 have no content. */
    private static int status(int status, Protocol protocol) {
        return protocol == Protocol.XML ? status : OK;
    }

    private JsonToXml.Elements elements() {
        return rule.elementFormDefault() == Binding.Form.QUALIFIED
                ? JsonToXml.Elements.QUALIFIED
                : JsonToXml.Elements.UNQUALIFIED;
    }

    /** What is no object has a name all the same: of an array each is an {@code item}. */
    private static ObjectNode content(HttpAnswer answer) {
        if (answer.content().length() == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (answer.fields().all("content-encoding").stream().anyMatch(each -> !each.equalsIgnoreCase("identity"))) {
            throw new Refused(GatewayError.CONTENT_NOT_CONVERTED, "", "found an encoded content");
        }
        JsonNode json = BoundedJson.read(XmlFault.text(answer.body()));
        if (json instanceof ObjectNode object) {
            return object;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (json.isNull()) {
            return object;
        }
        object.set(json.isArray() ? "item" : "#text", json);
        return object;
    }

    private static Refused unreadable(String detail) {
        return new Refused(GatewayError.ANSWER_NOT_CONVERTED, "", detail);
    }

    /** The operation's description (WSDL 1.1). */
    public Wsdl description(String service) {
        return new Wsdl(rule, service);
    }
}
