package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.xml.XmlNames;

/**
 * Makes XML of the JSON a call holds: the content of one root element, in an envelope of SOAP or without one (document/literal).
 * A call to SOAP without a content has its parameters as content.
 */
public final class XmlRequest implements Processor {
    private Envelope envelope = Envelope.NONE;
    private String namespace = "";
    private String root = "";
    private String action = "";
    private JsonToXml.Elements elements = JsonToXml.Elements.QUALIFIED;

    /** @throws CodedException {@link GatewayError#CONTENT_NOT_CONVERTED} where it is no JSON that XML can hold */
    @Override
    public void process(Exchange exchange) throws XMLStreamException {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        if (envelope == Envelope.NONE) {
            byte[] xml = call.body().length == 0 ? call.body() : written(content(call), call.body().length);
            exchange.getMessage().setBody(call.with(xml).with(fields(call)));
            return;
        }
        byte[] xml = call.body().length == 0
                ? written(parameters(call), call.query().length())
                : written(contentAlone(call), call.body().length);
        String target = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        exchange.getMessage().setBody(new HttpCall("POST", path(target), "", fields(call), xml, call.remoteAddress()));
    }

    /** A query beside it would be judged and then not sent. */
    private static ObjectNode contentAlone(HttpCall call) {
        if (!call.query().isEmpty()) {
            throw refused("found a content and a query, expected one of them");
        }
        return content(call);
    }

    private static ObjectNode content(HttpCall call) {
        String json;
        try {
            CallParameters.requirePlain(call);
            json = CallParameters.text(call.body());
        } catch (Refused encoded) {
            throw refused("expected UTF-8, not compressed");
        }
        String type = CallParameters.mediaType(call);
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            // As anything else it was judged as something else.
            throw refused("expected a content of type application/json");
        }
        if (BoundedJson.read(json) instanceof ObjectNode object) {
            return object;
        }
        throw refused("expected a JSON object");
    }

    private static ObjectNode parameters(HttpCall call) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        for (CallParameters.Parameter each : CallParameters.of(call).all()) {
            JsonNode before = content.get(each.name());
            if (before == null) {
                content.put(each.name(), each.value());
            } else if (before instanceof ArrayNode several) {
                several.add(each.value());
            } else {
                content.putArray(each.name()).add(before).add(each.value());
            }
        }
        return content;
    }

    /** @param length of what the content was read from */
    private byte[] written(ObjectNode content, int length) throws XMLStreamException {
        return BoundedXml.written(envelope, length, xml -> new JsonToXml(xml, namespace, elements).root(root, content));
    }

    private HttpFields fields(HttpCall call) {
        HttpFields fields = ContentFields.ofCall(call.fields());
        if (envelope == Envelope.SOAP_1_1) {
            fields = fields.with("SOAPAction", '"' + action + '"');
        }
        boolean any = envelope != Envelope.NONE || call.body().length > 0;
        return any ? fields.with("Content-Type", envelope.contentType(action)) : fields;
    }

    /** An endpoint of SOAP has one path, the target's: nothing, or the slash that it ends with, is put behind it. */
    private static String path(String target) {
        String path = target.isEmpty() ? "" : URI.create(target).getRawPath();
        return path == null || path.isEmpty() || path.endsWith("/") ? "/" : "";
    }

    private static CodedException refused(String detail) {
        return new Refused(GatewayError.CONTENT_NOT_CONVERTED, "", detail);
    }

    /** @param soap {@code 1.1} or {@code 1.2}; empty for no envelope */
    public void setSoap(String soap) {
        this.envelope = Envelope.of(soap);
    }

    /** @param namespace of the root element; empty for none */
    public void setNamespace(String namespace) {
        this.namespace = namespace;
    }

    public void setRoot(String root) {
        if (!XmlNames.isLocal(root)) {
            throw new IllegalArgumentException("expected a name of XML without a colon");
        }
        this.root = root;
    }

    /** @param action of SOAP; empty for none */
    public void setAction(String action) {
        if (!action.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"')) {
            throw new IllegalArgumentException("found another character than an address has");
        }
        this.action = action;
    }

    /** @param qualified {@code true} where elements below the root are in its namespace */
    public void setQualified(String qualified) {
        this.elements = Boolean.parseBoolean(qualified) ? JsonToXml.Elements.QUALIFIED : JsonToXml.Elements.UNQUALIFIED;
    }
}
