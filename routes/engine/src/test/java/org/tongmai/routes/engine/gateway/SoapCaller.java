package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.Headers;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.binding.soap.SoapFault;
import org.tongmai.standards.crypto.PemKeys;

/** Calls the bus by SOAP and XML: as CXF does that has read the WSDL, and with envelopes that no client would make. */
final class SoapCaller {
    static final String NAMESPACE = "urn:city:patients";

    private final int bus;
    private final Backend backend;
    private volatile Received received;

    /** What the service behind got. */
    record Received(String type, String accept, String action, String body) {}

    SoapCaller(int bus, Backend backend) {
        this.bus = bus;
        this.backend = backend;
    }

    /** Rules whose services are bound to SOAP and XML. */
    static String rules(UserGateway gateway) throws IOException {
        try (InputStream in = SoapCaller.class.getResourceAsStream("caller-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", gateway.backend.url())
                    .replace(
                            "@KEYS@",
                            new JWKSet(UserGateway.EC.toPublicJWK()).toString().replace("\"", "\\\""))
                    .replace(
                            "@KEY@",
                            PemKeys.write(UserGateway.APPLICATION.publicKey()).replace("\n", "\\n"));
        }
    }

    /** Has the service behind answer so. */
    void answers(int status, String type, String text) {
        backend.answers = (exchange, body) -> {
            Headers fields = exchange.getRequestHeaders();
            received = new Received(
                    fields.getFirst("content-type"),
                    fields.getFirst("accept"),
                    fields.getFirst("soapaction"),
                    new String(body, StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("content-type", type);
            Backend.reply(exchange, status, text);
        };
    }

    Received received() {
        return received;
    }

    static String operation(String content) {
        return "<c:FindPatient xmlns:c='" + NAMESPACE + "'>" + content + "</c:FindPatient>";
    }

    static String envelope(String namespace, String body) {
        return "<e:Envelope xmlns:e='" + namespace + "'><e:Body>" + body + "</e:Body></e:Envelope>";
    }

    static String shortened(String text) {
        return text.substring(0, Math.min(200, text.length()));
    }

    HttpResponse<String> post(String target, String type, String content, String... fields) {
        return send("POST", target, type, content, fields);
    }

    HttpResponse<String> put(String target, String type, String content) {
        return send("PUT", target, type, content);
    }

    HttpResponse<String> send(String method, String target, String type, String content, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(SignedCaller.uri(bus, target))
                .header("content-type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(content));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return SignedCaller.send(request.build());
    }

    /** Calls as a program does whose author has nothing but the address of the WSDL. */
    String call(String service, String port, String operation) throws Exception {
        Source answer = dispatch(service, service, port).invoke(new StreamSource(new StringReader(operation)));
        StringWriter text = new StringWriter();
        TransformerFactory.newDefaultInstance().newTransformer().transform(answer, new StreamResult(text));
        return text.toString();
    }

    /** @param described the service whose WSDL is read; the other's may not be */
    private Dispatch<Source> dispatch(String described, String service, String port) throws Exception {
        Service client = Service.create(
                SignedCaller.uri(bus, "/" + described + "?wsdl").toURL(), new QName(NAMESPACE, described));
        Dispatch<Source> dispatch =
                client.createDispatch(new QName(NAMESPACE, port), Source.class, Service.Mode.PAYLOAD);
        // As SOAP 1.2 has it (part 2, 7.5.2.2); this client looks into a 400 only where it is told to.
        dispatch.getRequestContext().put("org.apache.cxf.transport.process_fault_on_http_400", true);
        if (!described.equals(service)) {
            dispatch.getRequestContext()
                    .put(
                            BindingProvider.ENDPOINT_ADDRESS_PROPERTY,
                            SignedCaller.uri(bus, "/" + service).toString());
        }
        return dispatch;
    }

    SoapFault fault(String service, String port) {
        return fault(service, service, port);
    }

    SoapFault fault(String described, String service, String port) {
        WebServiceException failure =
                catchThrowableOfType(WebServiceException.class, () -> dispatch(described, service, port)
                        .invoke(new StreamSource(new StringReader(operation("")))));
        return (SoapFault) failure.getCause();
    }
}
