package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SoapCaller.envelope;
import static org.tongmai.routes.engine.gateway.SoapCaller.operation;
import static org.tongmai.routes.engine.gateway.SoapCaller.shortened;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.cxf.binding.soap.SoapFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.access.AccessLog;

/** Callers that speak SOAP or XML to services that take JSON. */
class XmlCallersIT {
    private static final String SOAP_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP_1_2 = "http://www.w3.org/2003/05/soap-envelope";
    private static final String NAMESPACE = SoapCaller.NAMESPACE;
    private static final String MOTHER = "110101198503070023";
    private static final String STRANGER = "11010119900307451X";
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
    @CsvSource({"FindPatientSoap", "FindPatientSoap12"})
    void a_client_made_from_the_wsdl_calls_a_service_of_json_in_either_version(String port) throws Exception {
        soap.answers(
                200,
                "application/json",
                "{\"@total\":1,\"patient\":[{\"name\":\"𠮷田 <太郎>\",\"born\":null},{\"name\":\"王\\r\\n\"}]}");

        String answer = soap.call("find", port, operation("<c:name>O'Brien &amp; 王</c:name><c:id>7</c:id>"));

        assertThat(answer)
                .contains("FindPatientResponse", "total=\"1\"", "&#134071;田 &lt;太郎&gt;", "nil=\"true\"", NAMESPACE)
                .containsOnlyOnce("王");
        assertThat(gateway.backend.targets).containsExactly("POST /find");
        assertThat(soap.received().type()).isEqualTo("application/json");
        assertThat(soap.received().accept()).isEqualTo("application/json");
        assertThat(soap.received().action()).isNull();
        assertThat(MAPPER.readTree(soap.received().body()))
                .isEqualTo(MAPPER.readTree("{\"name\":\"O'Brien & 王\",\"id\":[\"7\"]}"));
    }

    @Test
    void a_service_of_soap_behind_is_called_in_its_own_version_and_namespace() throws Exception {
        soap.answers(
                200,
                "text/xml",
                "<e:Envelope xmlns:e='" + SOAP_1_1 + "'><e:Body><r:Found xmlns:r='urn:hospital:patients'>"
                        + "<r:name>王</r:name></r:Found></e:Body></e:Envelope>");

        assertThat(soap.call("find-by-soap", "FindPatientSoap12", operation("<c:id>7</c:id>")))
                .contains("FindPatientResponse", ">王<");

        assertThat(gateway.backend.targets).containsExactly("POST /ws");
        assertThat(soap.received().body()).contains(SOAP_1_1, "urn:hospital:patients", "Query", ">7<");

        soap.answers(
                500,
                "text/xml",
                "<e:Envelope xmlns:e='" + SOAP_1_1 + "'><e:Body><e:Fault><faultcode>e:Client</faultcode>"
                        + "<faultstring>unknown</faultstring></e:Fault></e:Body></e:Envelope>");
        SoapFault fault = soap.fault("find-by-soap", "FindPatientSoap12");
        assertThat(fault.getFaultCode().getLocalPart()).isEqualTo("Sender");
        assertThat(fault.getReason()).startsWith("TM-GATE-0092");
    }

    @Test
    void elements_of_an_answer_may_be_without_a_namespace() {
        soap.answers(200, "application/json", "[1,2]");

        HttpResponse<String> answer = soap.post("/find-older", "text/xml", envelope(SOAP_1_1, operation("")));

        assertThat(answer.body()).contains("<item>1</item><item>2</item></n:FindPatientResponse>");
    }

    @ParameterizedTest
    @CsvSource({
        "find-elsewhere, TM-GATE-0005, Client, Sender",
        "find-suspended, TM-GATE-0003, Server, Receiver",
    })
    void a_refusal_is_a_fault_of_the_callers_version_with_our_code(
            String service, String code, String older, String newer) {
        SoapFault first = soap.fault("find", service, "FindPatientSoap");
        assertThat(first.getFaultCode().getLocalPart()).isEqualTo(older);
        assertThat(first.getReason()).startsWith(code);
        assertThat(first.getDetail().getTextContent()).contains(code);
        SoapFault second = soap.fault("find", service, "FindPatientSoap12");
        assertThat(second.getFaultCode().getLocalPart()).isEqualTo(newer);
        assertThat(second.getReason()).startsWith(code);
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @Test
    void what_fails_behind_is_a_fault_too_and_by_http_as_each_version_says() {
        soap.answers(404, "application/json", "{\"reason\":\"nobody\",\"a:b\":1}");
        HttpResponse<String> older = soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")));
        assertThat(older.statusCode()).isEqualTo(500);
        assertThat(older.headers().firstValue("content-type")).contains("text/xml; charset=utf-8");
        assertThat(older.body()).contains(":Client<", "status 404").doesNotContain("nobody"); // a:b is no name of XML
        soap.answers(404, "application/json", "{\"reason\":\"nobody\"}");
        HttpResponse<String> newer = soap.post("/find", "application/soap+xml", envelope(SOAP_1_2, operation("")));
        assertThat(newer.statusCode()).isEqualTo(400);
        assertThat(newer.body()).contains(":Sender<", "FindPatientFault", "nobody");
        soap.answers(200, "text/html", "<html/>");
        assertThat(code(soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")))))
                .isEqualTo("TM-GATE-0091");
        soap.answers(503, "text/plain", "busy");
        HttpResponse<String> busy = soap.post("/find", "application/soap+xml", envelope(SOAP_1_2, operation("")));
        assertThat(busy.statusCode()).isEqualTo(500);
        assertThat(busy.body()).contains(":Receiver<", "status 503");

        CountDownLatch late = new CountDownLatch(1);
        gateway.backend.answers = (exchange, body) -> {
            try {
                late.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new java.io.IOException(e);
            }
        };
        HttpResponse<String> slow = soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")));
        late.countDown();
        assertThat(slow.statusCode()).isEqualTo(500);
        assertThat(slow.body()).contains(":Server<").contains("TM-GATE-0020");
    }

    @Test
    void limits_are_kept_and_who_finds_no_service_can_read_that() {
        assertThat(soap.post("/find-seldom", "text/xml", envelope(SOAP_1_1, operation("")))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> second = soap.post("/find-seldom", "text/xml", envelope(SOAP_1_1, operation("")));
        assertThat(code(second)).isEqualTo("TM-GATE-0016");
        assertThat(second.headers().firstValue("retry-after")).isPresent();

        HttpResponse<String> nowhere =
                soap.post("/nowhere", "text/xml", envelope(SOAP_1_1, operation("")), "SOAPAction", "\"\"");
        assertThat(nowhere.statusCode()).isEqualTo(500);
        assertThat(nowhere.body()).contains(":Client<", "TM-GATE-0001");
        assertThat(code(SignedCaller.get(gateway.node.bus, "/nowhere?wsdl"))).isEqualTo("TM-GATE-0001");
        assertThat(code(SignedCaller.get(gateway.node.bus, "/find-elsewhere?wsdl")))
                .isEqualTo("TM-GATE-0005");
        assertThat(code(SignedCaller.get(gateway.node.open, "/find?wsdl"))).isEqualTo("TM-GATE-0006");
        assertThat(code(SignedCaller.get(gateway.node.bus, "/orders/1?wsdl"))).doesNotContain("definitions");
    }

    @Test
    void the_signature_is_over_the_envelope_as_it_was_sent_and_holds_once() {
        SignedCaller his = new SignedCaller("his", UserGateway.APPLICATION);
        byte[] sent = envelope(SOAP_1_1, operation("<c:id>7</c:id>")).getBytes(StandardCharsets.UTF_8);
        HttpRequest good = his.request(gateway.node.open, "POST", "/find", sent, System.currentTimeMillis())
                .header("Content-Type", "text/xml")
                .build();
        assertThat(SignedCaller.send(good).body()).contains("FindPatientResponse");
        HttpResponse<String> again = SignedCaller.send(good);
        assertThat(again.statusCode()).isEqualTo(500);
        assertThat(code(again)).isEqualTo("TM-GATE-0012");

        HttpRequest changed = his.request(gateway.node.open, "POST", "/find", sent, System.currentTimeMillis())
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(envelope(SOAP_1_1, operation("<c:id>8</c:id>"))))
                .build();
        HttpResponse<String> spoilt = SignedCaller.send(changed);
        assertThat(spoilt.body()).contains(":Client<");
        assertThat(code(spoilt)).isEqualTo("TM-GATE-0010");
        assertThat(gateway.backend.calls).hasValue(1);

        HttpRequest description = his.request(
                        gateway.node.open, "GET", "/find?wsdl", new byte[0], System.currentTimeMillis())
                .build();
        assertThat(SignedCaller.send(description).body()).contains("definitions");
    }

    @Test
    void whose_data_it_is_is_judged_of_the_operation_and_of_its_answer() {
        soap.answers(200, "application/json", "{\"idCard\":\"" + MOTHER + "\"}");
        assertThat(own(MOTHER).body()).contains("FindPatientResponse", MOTHER);
        assertThat(code(own(STRANGER))).isEqualTo("TM-GATE-0071");
        assertThat(code(own(MOTHER + "</c:idCard><c:idCard>" + STRANGER))).startsWith("TM-GATE-007");
        assertThat(gateway.backend.calls).hasValue(1);
        soap.answers(200, "application/json", "{\"idCard\":\"" + STRANGER + "\"}");
        HttpResponse<String> withheld = own(MOTHER);
        assertThat(code(withheld)).isEqualTo("TM-GATE-0073");
        assertThat(withheld.body()).doesNotContain(STRANGER);
    }

    private static HttpResponse<String> own(String idCard) {
        return SignedCaller.send(gateway.as(MOTHER, "/find-own")
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(
                        envelope(SOAP_1_1, operation("<c:idCard>" + idCard + "</c:idCard>"))))
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c:name>&lt;script&gt;alert(1)&lt;/script&gt;</c:name>",
                "<c:name>1' OR '1'='1</c:name>",
                "<c:name><![CDATA[1' OR ]]>'1'='1</c:name>",
                "<c:name>1' OR <!-- -->'1'<?x y?>='1</c:name>",
                "<c:name>1' OR <c:b/>'1'='1</c:name>",
                "<c:name note=\"1' OR '1'='1\">x</c:name>"
            })
    void an_attack_in_a_value_is_refused_also_where_the_xml_only_hides_it(String content) {
        HttpResponse<String> answer = soap.post("/find", "text/xml", envelope(SOAP_1_1, operation(content)));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains(":Client<");
        assertThat(code(answer)).startsWith("TM-SCREEN-");
        assertThat(gateway.backend.calls).hasValue(0);
    }

    @Test
    void what_is_no_envelope_of_the_operation_reaches_nobody_and_harms_nobody() {
        String deep = "<c:a>".repeat(20_000) + "</c:a>".repeat(20_000);
        String entity = "<!DOCTYPE e [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
        String file = "<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>";
        for (String hostile : List.of(
                "",
                "{}",
                "<a/>",
                "<e:Envelope xmlns:e='" + SOAP_1_1 + "'><e:Body><c:Find",
                "<e:Envelope xmlns:e='" + SOAP_1_1 + "'/>",
                envelope(SOAP_1_1, ""),
                envelope(SOAP_1_1, "<FindPatient/>"),
                envelope(SOAP_1_1, operation("").replace("FindPatient", "DropPatient")),
                envelope(SOAP_1_1, operation("") + operation("")),
                envelope(SOAP_1_1, operation("")).replace("</e:Envelope>", operation("") + "</e:Envelope>"),
                envelope(SOAP_1_1, operation("")) + "<a/>",
                envelope(SOAP_1_1, operation(deep)),
                envelope(SOAP_1_1, operation("<c:a>".repeat(120) + "</c:a>".repeat(120))),
                envelope(SOAP_1_1, operation("<a/>".repeat(200_001))),
                entity + envelope(SOAP_1_1, operation("<c:a>&b;</c:a>")),
                file + envelope(SOAP_1_1, operation("<c:a>&a;</c:a>")),
                envelope(SOAP_1_1, operation("<c:a>&a;</c:a>")))) {
            HttpResponse<String> answer = soap.post("/find", "text/xml", hostile);
            assertThat(answer.statusCode()).as(shortened(hostile)).isEqualTo(500);
            assertThat(answer.body()).as(shortened(hostile)).contains(":Client<", "TM-");
        }
        assertThat(gateway.backend.calls).hasValue(0);
        String large = envelope(SOAP_1_1, operation("<c:a>" + "x".repeat(2_000_000) + "</c:a>"));
        assertThat(soap.post("/find", "text/xml", large).statusCode()).isEqualTo(413); // the door itself reads no more
        assertThat(soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void another_version_another_action_and_a_header_nobody_understands_are_told_by_the_codes_for_them() {
        HttpResponse<String> other = soap.post("/find", "text/xml", envelope(SOAP_1_2, operation("")));
        assertThat(other.body()).contains(":VersionMismatch<", "TM-GATE-0095");
        HttpResponse<String> notTaken =
                soap.post("/find-older", "application/soap+xml", envelope(SOAP_1_2, operation("")));
        assertThat(notTaken.body()).contains(SOAP_1_2, ":VersionMismatch<", "TM-GATE-0095");
        HttpResponse<String> action =
                soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")), "SOAPAction", "\"urn:drop\"");
        assertThat(code(action)).isEqualTo("TM-GATE-0094");
        String header = "<e:Header><s:Security xmlns:s='urn:s' e:mustUnderstand='1'/></e:Header><e:Body>";
        HttpResponse<String> must =
                soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("")).replace("<e:Body>", header));
        assertThat(must.body()).contains(":MustUnderstand<", "TM-GATE-0096").doesNotContain("detail");
        assertThat(gateway.backend.calls).hasValue(0);
        assertThat(soap.post(
                                "/find",
                                "text/xml",
                                envelope(SOAP_1_1, operation(""))
                                        .replace(
                                                "<e:Body>", header.replace("mustUnderstand='1'", "mustUnderstand='0'")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_content_is_read_in_the_charset_it_says() throws Exception {
        byte[] gb = ("<?xml version='1.0' encoding='GB18030'?>" + envelope(SOAP_1_1, operation("<c:name>王小明</c:name>")))
                .getBytes(Charset.forName("GB18030"));
        for (String type : List.of("text/xml", "text/xml; charset=GB18030")) {
            SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(gateway.node.bus, "/find"))
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(gb))
                    .build());
            assertThat(MAPPER.readTree(soap.received().body()).at("/name").asText())
                    .isEqualTo("王小明");
        }
        assertThat(code(soap.post("/find", "text/xml; charset=none", envelope(SOAP_1_1, operation("")))))
                .startsWith("TM-");
    }

    @Test
    void json_goes_on_as_before_and_the_access_log_shows_values_of_neither() {
        Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            soap.answers(200, "application/json", "{\"name\":\"张三\",\"department\":\"儿科\"}");
            assertThat(soap.post("/find", "application/json", "{\"name\":\"张三\"}")
                            .body())
                    .isEqualTo("{\"name\":\"张三\",\"department\":\"儿科\"}");
            String trace = soap.post("/find", "text/xml", envelope(SOAP_1_1, operation("<c:name>张三</c:name>")))
                    .headers()
                    .firstValue("x-tongmai-trace")
                    .orElseThrow();
            await().until(() -> lines.list.stream()
                    .anyMatch(each -> each.getFormattedMessage().contains(trace)));
            assertThat(lines.list)
                    .filteredOn(each -> each.getFormattedMessage().contains(trace))
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage, STRING)
                    .contains("\"name\":\"*2\"", "\"department\":\"儿科\"")
                    .doesNotContain("张三");
        } finally {
            logger.detachAppender(lines);
        }
    }
}
