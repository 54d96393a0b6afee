package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SoapCaller.envelope;
import static org.tongmai.routes.engine.gateway.SoapCaller.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.xml.ws.Service;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a binding takes of XML and how it reads it, by SOAP and without an envelope. */
class XmlBindingIT {
    private static final String SOAP_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static UserGateway gateway;
    private static SoapCaller soap;

    @BeforeAll
    static void start() throws Exception {
        gateway = new UserGateway();
        soap = new SoapCaller(gateway.node.bus, gateway.backend);
        gateway.publish(SoapCaller.rules(gateway));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.backend.calls.set(0);
        gateway.backend.targets.clear();
        soap.answers(200, "application/json", "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /find, application/xml, TM-GATE-0094",
        "POST, /find, application/order+xml, TM-GATE-0094",
        "PUT, /find-put, text/xml, TM-GATE-0094",
        "PUT, /find-put, application/soap+xml, TM-GATE-0094",
        "PUT, /orders/7, application/soap+xml, TM-GATE-0095",
    })
    void xml_that_the_binding_does_not_list_is_refused_and_not_handed_on(
            String method, String target, String type, String code) {
        HttpResponse<String> answer = soap.send(method, target, type, envelope(SOAP_1_1, operation("")));

        assertThat(code(answer)).isEqualTo(code);
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204})
    void what_is_done_is_told_by_200_to_soap_and_by_a_status_with_a_content_to_xml(int status) {
        if (status == 204) {
            gateway.backend.answers = (exchange, body) -> exchange.sendResponseHeaders(status, -1);
        } else {
            soap.answers(status, "application/json", "{\"number\":7}");
        }

        HttpResponse<String> answer = soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("FindPatientResponse");

        HttpResponse<String> plain = soap.put("/orders/7", "application/xml", "<order/>");
        assertThat(plain.statusCode()).isEqualTo(status);
        assertThat(plain.body().contains("receipt")).isEqualTo(status != 204);
    }

    @Test
    void what_clients_write_by_themselves_at_a_value_is_no_part_of_it() throws Exception {
        String typed = "<c:name xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:x='urn:x' %s>%s</c:name>";
        for (String[] each : new String[][] {
            {"i:type='x:string'", "王", "{\"name\":\"王\"}"},
            {"i:type='x:string' i:nil='true'", "", "{\"name\":null}"},
            {
                "e:encodingStyle='http://schemas.xmlsoap.org/soap/encoding/' use='L'",
                "王",
                "{\"name\":{\"@use\":\"L\",\"#text\":\"王\"}}"
            }
        }) {
            soap.post("/find", "text/xml", envelope(SOAP_1_1, operation(typed.formatted(each[0], each[1]))));
            assertThat(MAPPER.readTree(soap.received().body())).isEqualTo(MAPPER.readTree(each[2]));
        }
    }

    @Test
    void a_field_of_free_text_is_one_with_attributes_too() {
        String sentence = "the boys' -- all of them";
        for (String content : List.of("<c:note>%s</c:note>", "<c:note lang='en'>%s</c:note>")) {
            assertThat(soap.post("/find", "text/xml", envelope(SOAP_1_1, operation(content.formatted(sentence))))
                            .statusCode())
                    .as(content)
                    .isEqualTo(200);
        }
        String strict = envelope(SOAP_1_1, operation("<c:name lang='en'>" + sentence + "</c:name>"));
        assertThat(code(soap.post("/find", "text/xml", strict))).startsWith("TM-SCREEN-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing"})
    void an_action_in_the_header_is_judged_as_that_of_http(String namespace) {
        String header = "<e:Header><a:Action xmlns:a='" + namespace + "'>%s</a:Action></e:Header><e:Body>";
        String call = envelope(SOAP_1_1, operation("")).replace("<e:Body>", header);

        assertThat(code(soap.post("/find", "text/xml", call.formatted("urn:drop"))))
                .isEqualTo("TM-GATE-0094");
        assertThat(soap.post("/find", "text/xml", call.formatted("urn:find")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_service_whose_id_is_no_name_of_xml_has_a_wsdl_all_the_same() throws Exception {
        Service client = Service.create(
                SignedCaller.uri(gateway.node.bus, "/2-find?wsdl").toURL(), new QName(SoapCaller.NAMESPACE, "_2-find"));

        assertThat(client.getPorts()).toIterable().containsExactly(new QName(SoapCaller.NAMESPACE, "FindPatientSoap"));
        assertThat(SignedCaller.get(gateway.node.bus, "/2-find?wsdl").body()).doesNotContain("\"2-find\"");
    }

    @Test
    void plain_xml_becomes_json_and_back_with_method_path_and_status_as_they_are() throws Exception {
        soap.answers(201, "application/json", "{\"number\":7,\"line\":[\"a\",\"b\"]}");
        HttpResponse<String> answer =
                soap.put("/orders/7?a=b", "application/xml", "<order id='1'><line>1</line><line>2</line></order>");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("content-type")).contains("application/xml; charset=utf-8");
        assertThat(answer.body()).contains("<number>7</number><line>a</line><line>b</line></receipt>");
        assertThat(gateway.backend.targets).containsExactly("PUT /orders/7?a=b");
        assertThat(MAPPER.readTree(soap.received().body()))
                .isEqualTo(MAPPER.readTree("{\"@id\":\"1\",\"line\":[\"1\",\"2\"]}"));

        HttpResponse<String> refused = soap.put("/orders/7", "application/xml", "<other/>");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("content-type")).contains("application/problem+xml; charset=utf-8");
        assertThat(refused.body()).contains("urn:ietf:rfc:7807", "TM-GATE-0094");

        soap.answers(200, "application/json", "{\"number\":7}");
        HttpRequest get = HttpRequest.newBuilder(SignedCaller.uri(gateway.node.bus, "/orders/7"))
                .header("Accept", "application/xml")
                .build();
        assertThat(SignedCaller.send(get).body()).contains("<number>7</number></receipt>");
        assertThat(SignedCaller.get(gateway.node.bus, "/orders/7").body()).isEqualTo("{\"number\":7}");
    }
}
