package org.tongmai.console.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tongmai.console.server.sample.RunningConsole;

/** Requests no HTTP client would send, so they are written by hand. */
class RefusalsOfEveryLayerIT {
    private final RunningConsole console = RunningConsole.shared();

    /** Status and body of the answer to this request line. */
    private String[] answer(String line, String header) throws IOException {
        String login = RunningConsole.basic("operator", console.passwords().get("operator"));
        String request = line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + login + "\r\n" + header
                + "Connection: close\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", console.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int body = answer.indexOf("\r\n\r\n");
            return new String[] {answer.split(" ")[1], answer.substring(body < 0 ? answer.length() : body + 4)};
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/matrix/malformed-requests.csv", delimiter = ';', numLinesToSkip = 1)
    void a_malformed_request_gets_a_code_in_the_form_of_its_place(String line, String status) throws Exception {
        String[] answer = answer(line, "");
        assertThat(answer[0]).as(answer[1]).isEqualTo(status);
        JsonNode body = json(answer[1]);
        if (line.contains("/fhir")) {
            assertThat(body.path("resourceType").asText()).isEqualTo("OperationOutcome");
            assertThat(body.at("/issue/0/details/coding/0/code").asText()).startsWith("TM-CONSOLE-");
        } else {
            assertThat(body.path("code").asText()).startsWith("TM-CONSOLE-");
            assertThat(body.path("status").asText()).isEqualTo(status);
        }
    }

    @Test
    void a_header_too_long_gets_a_code() throws Exception {
        String[] answer = answer("GET /fhir/metadata", "X-Long: " + "x".repeat(20_000) + "\r\n");
        assertThat(answer[0]).isEqualTo("400");
        assertThat(answer[1]).contains("OperationOutcome").contains("TM-CONSOLE-0014");
    }

    @Test
    void a_bar_in_a_query_is_taken_as_it_is() throws Exception {
        assertThat(answer("GET /fhir/metadata?identifier=a|b", "")[0]).isEqualTo("200");
    }

    @Test
    void a_message_that_a_client_calls_a_form_is_a_message() throws Exception {
        String message = "\u000bMSH|^~\\&|HIS|H1|TM|D1|20261120||ADT^A01|C1|P|2.5\rEVN||20261120\r"
                + "PID|1||P1^^^H1||A&B=C%^D\rPV1|1|I\r\u001c\r";
        HttpResponse<String> answer = console.send(console.request("operator", "/api/convert/hl7v2-to-fhir")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(message)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer.body()).path("result").toString()).contains("\"Patient\"");
    }

    @Test
    void a_refusal_says_code_place_and_detail_of_each_issue_apart() throws Exception {
        HttpResponse<String> answer = console.post("operator", "/api/patient-index/guardianships", "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = json(answer.body()).at("/errors/0");
        assertThat(error.path("code").asText()).isEqualTo("TM-CONSOLE-0004");
        assertThat(error.path("location").asText()).isEqualTo("guardian, ward, kind");
        assertThat(error.path("detail").asText()).isEqualTo("expected: two ids, MINOR or ADULT");
    }

    /** The body may be sent in chunks. */
    private static JsonNode json(String body) throws IOException {
        return new ObjectMapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
