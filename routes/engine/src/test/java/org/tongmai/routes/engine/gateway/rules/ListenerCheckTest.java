package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.Issue;

class ListenerCheckTest {
    private static final String MLLP = "2575";
    private static final String FAR = "2576";

    private static String rules() throws IOException {
        try (InputStream in = ListenerCheckTest.class.getResourceAsStream("../listener-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", "http://127.0.0.1:8000")
                    .replace("@MLLP@", MLLP)
                    .replace("@FAR@", FAR)
                    .replace("@OTHER@", "2577")
                    .replace("@TLS@", "2579");
        }
    }

    @Test
    void a_listener_that_would_leave_a_door_open_is_not_published() throws IOException {
        broken("\"addresses\": {\"allow\": [\"10.0.0.0/8\"]},", "", "listeners[from-elsewhere].addresses.allow");
        broken(
                "\"service\": \"adt\", \"addresses\": {\"allow\": [\"10",
                "\"service\": \"signed\", \"addresses\": {\"allow\": [\"10",
                "listeners[from-elsewhere].service");
        broken("\"signatures\": []", "\"signatures\": [\"sm2-sm3\"]", "listeners[his-adt].service");
        broken("/hl7/adt", "/hl7/{what}", "listeners[his-adt].service");
        broken("\"application\": \"stranger\"", "\"application\": \"nobody\"", "listeners[of-a-stranger].application");
        broken("\"port\": \"" + FAR, "\"port\": \"" + MLLP, "listeners[from-elsewhere].parameters.port");
        broken("\"port\": \"" + FAR, "\"port\": \"99999", "listeners[from-elsewhere].parameters.port");
        broken("\"kind\": \"mllp\"", "\"kind\": \"ftp\"", "listeners[his-adt].kind");
        broken("\"tlsTrustStore\"", "\"messages\"", "listeners[by-certificate].parameters.tlsClientAuthentication");
        broken("\"need\"", "\"want\"", "listeners[by-certificate].parameters.tlsClientAuthentication");
        broken("10.0.0.0/8", "10.0.0.0/7", "listeners[from-elsewhere].addresses.allow");
        broken("\"maxFrameSize\": \"100000", "\"maxFrameSize\": \"many", "listeners[his-adt].parameters");
        broken("\"readTimeout\": \"1s", "\"readTimeout\": \"soon", "listeners[his-adt].parameters.readTimeout");
        broken("\"host\": \"127.0.0.1", "\"host\": \"127.0.0.1:99/x", "listeners[his-adt].parameters.host");
        broken(
                "{\"kind\": \"http\",",
                "{\"kind\": \"jms\", \"parameters\": {\"address\": \"a\", \"addressKind\": \"topic\"},",
                "listeners[his-adt].service");
        broken(
                "{\"kind\": \"http\",",
                "{\"kind\": \"http\", \"parameters\": {\"largeBody\": \"9000000\"},",
                "listeners[his-adt].service");
        broken(
                "\"adt\"], \"addresses\": {\"allow\": [\"127.0.0.0/8\"]},",
                "\"adt\"],",
                "listeners[his-adt].service"); // by HTTP anybody could say to be it
        broken("\"readTimeout\": \"1s\"", "\"entry\": \"x\"", "listeners[his-adt].parameters");
    }

    private static void broken(String good, String bad, String place) throws IOException {
        TransportKind http = new TransportKind("http", Set.of("url"), Map.of());
        TransportKind mllp = new TransportKind(
                "mllp",
                Set.of("entry", "port"),
                Map.of("host", "0.0.0.0", "readTimeout", "30s", "maxFrameSize", "5242880"));
        assertThat(rules()).contains(good);
        assertThat(RuleCheck.violations(RuleFiles.read(rules().replace(good, bad)), List.of(http), List.of(mllp)))
                .as(bad)
                .extracting(Issue::location)
                .contains(place);
    }
}
