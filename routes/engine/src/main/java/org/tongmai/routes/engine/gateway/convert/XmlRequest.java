package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Makes XML of the JSON a call holds: the content of one root element, in an envelope of SOAP or without one (document/literal).
 * A call to SOAP without a content has its parameters as content.
 */
public final class XmlRequest implements Processor {
    private static final ObjectMapper JSON = mapper();
    /** Texts, numbers, names and brackets of one content: each becomes an object. */
    private static final int MOST_TOKENS = 200_000;
    /** A name may stand once in JSON and for each element of an array in XML: bytes of what is made. */
    private static final int LARGEST = 16 * 1024 * 1024;

    /** A short JSON may become XML of this many bytes, a longer one so many times its own. */
    private static final int ALWAYS_ALLOWED = 64 * 1024;

    private static final int TIMES_LONGER = 8;

    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();
    /** What was said of the JSON, or would have the answer come in a form that can not be read. */
    private static final Set<String> OF_THE_JSON = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since");

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
        if (read(json) instanceof ObjectNode object) {
            return object;
        }
        throw refused("expected a JSON object");
    }

    private static JsonNode read(String json) {
        try {
            requireFew(json);
            return JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw refused("found JSON that is too deep, or a text or number that is too long");
        } catch (JsonProcessingException e) {
            throw refused("found no JSON at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw refused("found no JSON");
        }
    }

    private static void requireFew(String json) throws IOException {
        try (JsonParser tokens = JSON.createParser(json)) {
            for (int count = 0; tokens.nextToken() != null; count++) {
                if (count == MOST_TOKENS) {
                    throw refused("expected at most " + MOST_TOKENS + " names, values and brackets");
                }
            }
        }
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
        long most = Math.min(LARGEST, Math.max(ALWAYS_ALLOWED, (long) TIMES_LONGER * length));
        ByteArrayOutputStream bytes = new Bounded((int) most);
        XMLStreamWriter xml = XML.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        if (envelope != Envelope.NONE) {
            xml.writeStartElement("soap", "Envelope", envelope.namespace());
            xml.writeNamespace("soap", envelope.namespace());
            xml.writeStartElement("soap", "Body", envelope.namespace());
        }
        new JsonToXml(xml, namespace, elements).root(root, content);
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
                throw refused("expected at most " + most + " bytes of XML");
            }
        }
    }

    private HttpFields fields(HttpCall call) {
        HttpFields.Builder fields = new HttpFields.Builder();
        call.fields().forEach((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!plain.startsWith("content-") && !plain.equals("soapaction") && !OF_THE_JSON.contains(plain)) {
                fields.add(name, value);
            }
        });
        if (envelope == Envelope.SOAP_1_1) {
            fields.add("SOAPAction", '"' + action + '"');
        }
        if (envelope != Envelope.NONE || call.body().length > 0) {
            fields.add("Content-Type", envelope.contentType(action));
        }
        return fields.build();
    }

    /** An endpoint of SOAP has one path, the target's: nothing, or the slash that it ends with, is put behind it. */
    private static String path(String target) {
        String path = target.isEmpty() ? "" : URI.create(target).getRawPath();
        return path == null || path.isEmpty() || path.endsWith("/") ? "/" : "";
    }

    private static CodedException refused(String detail) {
        return new Refused(GatewayError.CONTENT_NOT_CONVERTED, "", detail);
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build();
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
        if (!JsonToXml.isName(root)) {
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
