package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Services that speak SOAP or XML behind callers that speak JSON. */
class XmlTransportsIT {
    private static final String SOAP_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP_1_2 = "http://www.w3.org/2003/05/soap-envelope";
    private static final String NAMESPACE = "urn:hospital:patients";
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static TransportNode transports;

    private final AtomicReference<Received> received = new AtomicReference<>();

    /** What a service got. */
    private record Received(String type, String action, byte[] body) {
        Element root() throws Exception {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getDocumentElement();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        transports = new TransportNode();
        transports.publish(Map.of());
    }

    @AfterAll
    static void close() {
        transports.close();
    }

    @BeforeEach
    void reset() {
        transports.backend.calls.set(0);
        transports.backend.targets.clear();
    }

    @Test
    void json_becomes_the_operation_of_soap_1_1_and_its_answer_json() throws Exception {
        answers(
                200,
                "text/xml; charset=utf-8",
                """
                <?xml version="1.0"?><e:Envelope xmlns:e="%s"><e:Header><x xmlns="urn:x">1</x></e:Header><e:Body>
                  <r:FindPatientResponse xmlns:r="%s" total="1">
                    <r:patient id="7"><r:name>𠮷田 &lt;太郎&gt;</r:name><r:born xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
                      i:nil="true"/><r:line>1</r:line><r:line>2</r:line></r:patient>
                  </r:FindPatientResponse></e:Body></e:Envelope>"""
                        .formatted(SOAP_1_1, NAMESPACE));

        HttpResponse<String> answer = transports.post(
                "/soap11",
                JSON,
                """
                {"@mode":"exact","name":"𠮷 <&\\"> \\r\\n","ids":["1",2],"exact":1.10,"active":true,"born":null,
                 "address":{"city":"上海"}}""",
                "accept-encoding",
                "gzip");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(JSON);
        assertThat(MAPPER.readTree(answer.body()))
                .isEqualTo(
                        MAPPER.readTree(
                                """
                {"@total":"1","patient":[{"@id":"7","name":"𠮷田 <太郎>","born":null,"line":["1","2"]}]}"""));
        assertThat(transports.backend.targets).containsExactly("POST /ws/patients");
        assertThat(received.get().type()).isEqualTo("text/xml; charset=utf-8");
        assertThat(received.get().action()).isEqualTo("\"urn:find\"");
        Element operation = operation(SOAP_1_1);
        assertThat(operation.getAttribute("mode")).isEqualTo("exact");
        assertThat(names(operation)).isEqualTo("name ids ids exact active born address");
        assertThat(operation.getFirstChild().getNamespaceURI()).isEqualTo(NAMESPACE);
        assertThat(operation.getFirstChild().getTextContent()).isEqualTo("𠮷 <&\"> \r\n");
        assertThat(operation.getTextContent()).endsWith("121.10true上海");
    }

    @Test
    void parameters_of_a_call_without_a_content_become_the_operation() throws Exception {
        answers(200, "text/xml", envelope(SOAP_1_1, "<found xmlns='" + NAMESPACE + "'>no</found>"));

        assertThat(get(transports.node.bus, "/soap11?id=a%26b&name=%E7%8E%8B").body())
                .isEqualTo("{\"#text\":\"no\"}");

        assertThat(names(operation(SOAP_1_1))).isEqualTo("id name");
        assertThat(operation(SOAP_1_1).getTextContent()).isEqualTo("a&b王");
    }

    @Test
    void soap_1_2_says_its_action_with_the_type_and_children_may_be_without_a_namespace() throws Exception {
        answers(200, "application/soap+xml", envelope(SOAP_1_2, "<r xmlns='" + NAMESPACE + "'/>"));

        assertThat(transports.post("/soap12", JSON, "{\"id\":\"1\"}").body()).isEqualTo("{}");

        assertThat(transports.backend.targets).containsExactly("POST /ws/");
        assertThat(received.get().type()).isEqualTo("application/soap+xml; charset=utf-8; action=\"urn:find\"");
        assertThat(received.get().action()).isNull();
        assertThat(operation(SOAP_1_2).getFirstChild().getNamespaceURI()).isNull();
    }

    @Test
    void a_fault_says_with_a_code_whose_it_is() throws Exception {
        answers(
                500,
                "text/xml",
                envelope(
                        SOAP_1_1,
                        "<e:Fault><faultcode>e:Client.Id</faultcode>"
                                + "<faultstring xml:lang='en'>unknown</faultstring><detail><id>7</id></detail></e:Fault>"));
        HttpResponse<String> client = transports.post("/soap11", JSON, "{}");
        assertThat(client.statusCode()).isEqualTo(422);
        assertThat(MAPPER.readTree(client.body()).at("/code").asText()).isEqualTo("TM-GATE-0092");
        assertThat(MAPPER.readTree(client.body()).at("/fault"))
                .isEqualTo(MAPPER.readTree(
                        """
                {"code":"Client.Id","reason":"unknown","detail":{"id":"7"}}"""));

        answers(
                500,
                "application/soap+xml",
                envelope(
                        SOAP_1_2,
                        "<e:Fault><e:Code><e:Value>e:Receiver</e:Value>"
                                + "<e:Subcode><e:Value>x:Busy</e:Value></e:Subcode></e:Code>"
                                + "<e:Reason><e:Text xml:lang='en'>busy</e:Text></e:Reason></e:Fault>"));
        HttpResponse<String> service = transports.post("/soap12", JSON, "{}");
        assertThat(service.statusCode()).isEqualTo(500);
        assertThat(code(service)).isEqualTo("TM-GATE-0093");
        assertThat(service.body()).contains("\"subcode\":\"x:Busy\"", "\"reason\":\"busy\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>sorry</body></html>",
                "no xml",
                "",
                "<?xml version='1.0'?><!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
                        + "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><r>&x;</r></e:Body></e:Envelope>",
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><r>cut",
                "<e:Envelope xmlns:e='urn:other'><e:Body/></e:Envelope>",
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><r/><r/></e:Body></e:Envelope>"
            })
    void an_answer_that_is_no_soap_is_a_failure_of_the_service(String garbage) {
        answers(garbage.isEmpty() ? 404 : 200, "text/xml", garbage);

        HttpResponse<String> answer = transports.post("/soap11", JSON, "{}");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(code(answer)).isEqualTo("TM-GATE-0091");
        assertThat(answer.body()).doesNotContain("sorry", "cut");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "{\"a\":1",
                "{\"a\":1,\"a\":2}",
                "{\"a b\":1}",
                "{\"x:a\":1}",
                "{\"@xmlns\":\"urn:other\"}",
                "{\"\u00aa\":1}",
                "{\"a\":[[1]]}",
                "{\"a\":\"\\u0001\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"@a\":{\"b\":1}}",
                "{\"><evil/\":1}"
            })
    void json_that_xml_can_not_hold_is_refused_and_does_not_count_against_the_service(String json) {
        answers(200, "text/xml", envelope(SOAP_1_1, "<r/>"));
        for (int i = 0; i < 25; i++) {
            HttpResponse<String> answer = transports.post("/soap11", JSON, json);
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        assertThat(transports.backend.calls).hasValue(0);
        assertThat(transports.post("/soap11", JSON, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void json_that_does_not_say_that_it_is_json_was_not_judged_as_json() {
        answers(200, "text/xml", envelope(SOAP_1_1, "<r/>"));
        assertThat(code(transports.post("/soap11", "text/plain", "{}"))).isEqualTo("TM-GATE-0090");
        String wide = new String("{}".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
        assertThat(transports.post("/soap11", JSON, wide).statusCode()).isEqualTo(400);
        assertThat(transports.backend.calls).hasValue(0);
    }

    @Test
    void a_query_beside_a_content_would_be_judged_and_not_sent_so_it_is_refused() {
        assertThat(code(transports.post("/soap11?id=1", JSON, "{\"id\":\"2\"}")))
                .isEqualTo("TM-GATE-0090");
        assertThat(transports.backend.calls).hasValue(0);
    }

    @Test
    void what_is_small_on_one_side_and_large_or_deep_on_the_other_is_refused_and_the_node_goes_on() {
        answers(200, "text/xml", envelope(SOAP_1_1, "<r/>"));
        String name = "n".repeat(200);
        String many = "{\"" + name + "\":[1" + ",1".repeat(38_000) + "]}";
        for (String json :
                List.of(many, "{\"a\":[1" + ",1".repeat(200_000) + "]}", "{\"a\":".repeat(60) + "1" + "}".repeat(60))) {
            HttpResponse<String> answer = transports.post("/soap11", JSON, json);
            assertThat(code(answer)).as(answer.body()).isEqualTo("TM-GATE-0090");
        }
        assertThat(transports.backend.calls).hasValue(0);

        for (String xml : List.of("<a>".repeat(200) + "</a>".repeat(200), "<r>" + "<a/>".repeat(200_001) + "</r>")) {
            answers(200, "text/xml", envelope(SOAP_1_1, xml));
            assertThat(code(transports.post("/soap11", JSON, "{}"))).isEqualTo("TM-GATE-0091");
        }
    }

    @Test
    void a_service_that_is_away_or_slow_is_told_as_of_any_other_transport() throws Exception {
        assertThat(code(transports.post("/soap-away", JSON, "{}"))).isEqualTo("TM-GATE-0021");
        CountDownLatch late = new CountDownLatch(1);
        transports.backend.answers = (exchange, body) -> {
            try {
                late.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        assertThat(code(transports.post("/soap11", JSON, "{}"))).isEqualTo("TM-GATE-0029");
        late.countDown();
    }

    @Test
    void json_becomes_plain_xml_with_method_path_and_query_as_sent() throws Exception {
        answers(201, "application/xml", "<order><line>1</line><line>2</line></order>");
        HttpRequest put = HttpRequest.newBuilder(SignedCaller.uri(transports.node.bus, "/xml/orders/7?a=b"))
                .header("content-type", JSON)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"line\":[1,2],\"#text\":\"x\"}"))
                .build();

        HttpResponse<String> answer = SignedCaller.send(put);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"line\":[\"1\",\"2\"]}");
        assertThat(transports.backend.targets).containsExactly("PUT /xml/orders/7?a=b");
        assertThat(received.get().type()).isEqualTo("application/xml; charset=utf-8");
        assertThat(names(received.get().root())).isEqualTo("line line");

        answers(404, "text/plain", "not here");
        HttpResponse<String> missing = get(transports.node.bus, "/xml/orders/8");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("not here");
    }

    private void answers(int status, String type, String text) {
        transports.backend.answers = (exchange, body) -> {
            received.set(new Received(field(exchange, "content-type"), field(exchange, "soapaction"), body));
            exchange.getResponseHeaders().add("content-type", type);
            Backend.reply(exchange, status, text);
        };
    }

    private static String field(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static String envelope(String namespace, String body) {
        return "<e:Envelope xmlns:e='" + namespace + "'><e:Body>" + body + "</e:Body></e:Envelope>";
    }

    private Element operation(String soap) throws Exception {
        Element envelope = received.get().root();
        assertThat(envelope.getNamespaceURI()).isEqualTo(soap);
        Element operation = (Element) envelope.getFirstChild().getFirstChild();
        assertThat(operation.getLocalName()).isEqualTo("FindPatient");
        assertThat(operation.getNamespaceURI()).isEqualTo(NAMESPACE);
        return operation;
    }

    private static String names(Element element) {
        StringBuilder names = new StringBuilder();
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                names.append(names.isEmpty() ? "" : " ").append(child.getLocalName());
            }
        }
        return names.toString();
    }
}
