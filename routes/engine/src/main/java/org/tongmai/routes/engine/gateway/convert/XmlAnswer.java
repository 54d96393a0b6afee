package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Makes JSON of the XML a service answers: what its root element holds, or what the one in the body of an envelope of SOAP does,
 * whichever version; a fault is a refusal with a code.
 */
public final class XmlAnswer implements Processor {
    private static final int ERROR = 400;
    /** The service is away, or says so: nobody expects XML of who says it for the service. */
    private static final Set<Integer> UNWELL = Set.of(502, 503, 504);

    private Envelope envelope = Envelope.NONE;
    private final Set<String> arrays = new TreeSet<>();

    /** @throws CodedException {@link GatewayError#ANSWER_NOT_CONVERTED} where it is no such XML */
    @Override
    public void process(Exchange exchange) {
        HttpAnswer answer = exchange.getMessage().getBody(HttpAnswer.class);
        if (UNWELL.contains(answer.status())) {
            return;
        }
        if (answer.status() < ERROR && answer.body().length == 0) {
            exchange.getMessage().setBody(answer.with(fields(answer, "")));
            return;
        }
        boolean other = envelope == Envelope.NONE && answer.status() >= ERROR && !isXml(answer);
        if (!other) {
            exchange.getMessage().setBody(converted(answer));
        }
    }

    private HttpAnswer converted(HttpAnswer answer) {
        if (answer.fields().all("content-encoding").stream().anyMatch(each -> !each.equalsIgnoreCase("identity"))) {
            throw unreadable(answer, "found an encoded content");
        }
        try {
            XMLStreamReader xml = FaultAnswer.reader(answer);
            try {
                return envelope == Envelope.NONE ? plain(answer, xml) : enveloped(answer, xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw unreadable(answer, "found no XML, too much or too deep, or a document type");
        }
    }

    private HttpAnswer plain(HttpAnswer answer, XMLStreamReader xml) throws XMLStreamException {
        XmlToJson json = new XmlToJson(xml, arrays);
        json.next();
        ObjectNode content = json.object();
        json.next();
        return answered(answer, answer.status(), content);
    }

    private HttpAnswer enveloped(HttpAnswer answer, XMLStreamReader xml) throws XMLStreamException {
        XmlToJson json = new XmlToJson(xml, arrays);
        require(json.next() && FaultAnswer.is(xml, "Envelope"), answer, "expected an envelope of SOAP");
        require(json.next(), answer, "expected a body of SOAP");
        if (FaultAnswer.is(xml, "Header")) {
            json.object();
            require(json.next(), answer, "expected a body of SOAP");
        }
        require(FaultAnswer.is(xml, "Body"), answer, "expected a body of SOAP");
        boolean any = json.next();
        boolean fault = any && FaultAnswer.is(xml, "Fault");
        String version = any ? xml.getNamespaceURI() : "";
        ObjectNode content = any ? json.object() : JsonNodeFactory.instance.objectNode();
        require(!any || !json.next(), answer, "found more than one element in the body");
        while (xml.hasNext()) {
            xml.next(); // whatever follows must be well formed
        }
        if (fault) {
            SoapFault found = SoapFault.of(content, version);
            return new HttpAnswer(found.status(), fields(answer, SoapFault.MEDIA_TYPE), found.json());
        }
        require(answer.status() < ERROR, answer, "found an error without a fault");
        return answered(answer, answer.status(), content);
    }

    private static boolean isXml(HttpAnswer answer) {
        return MediaType.nameIn(answer.fields().first("content-type").orElse(""))
                .endsWith("xml");
    }

    private static HttpAnswer answered(HttpAnswer answer, int status, ObjectNode content) {
        return new HttpAnswer(
                status, fields(answer, "application/json"), content.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpFields fields(HttpAnswer answer, String type) {
        HttpFields kept = ContentFields.ofAnswer(answer.fields());
        return type.isEmpty() ? kept : kept.with("Content-Type", type);
    }

    private static void require(boolean kept, HttpAnswer answer, String otherwise) {
        if (!kept) {
            throw unreadable(answer, otherwise);
        }
    }

    private static CodedException unreadable(HttpAnswer answer, String detail) {
        return new NotConverted(answer.status(), detail);
    }

    /** @param soap {@code 1.1} or {@code 1.2}; empty for no envelope */
    public void setSoap(String soap) {
        this.envelope = Envelope.of(soap);
    }

    /** @param names of elements that are arrays though they come once, with commas between */
    public void setArrays(String names) {
        for (String name : names.split(",")) {
            arrays.add(name.strip());
        }
    }
}
