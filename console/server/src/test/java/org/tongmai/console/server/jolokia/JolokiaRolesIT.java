package org.tongmai.console.server.jolokia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.sample.RouteLike;
import org.tongmai.console.server.sample.RunningConsole;

/** No form of a Jolokia request lets a role do what the table does not give it. */
class JolokiaRolesIT {
    private static final String ROUTE = "org.apache.camel:context=sample,type=routes,name=\"a.route\"";
    private static final String ENDPOINT = "org.apache.camel:context=sample,type=endpoints,name=\"direct:a\"";
    private static final String CONTEXT = "org.apache.camel:context=sample,type=context,name=\"sample\"";
    private static final List<String> DOORS = List.of("/actuator/jolokia", "/actuator/hawtio/jolokia");

    private final RunningConsole console = RunningConsole.shared();
    private final ObjectMapper json = new ObjectMapper();
    private RouteLike route;
    private RouteLike context;

    @BeforeEach
    void registerBeans() {
        route = RouteLike.register(ROUTE);
        RouteLike.register(ENDPOINT);
        context = RouteLike.register(CONTEXT);
    }

    @Test
    void a_viewer_can_not_stop_a_route_by_get_however_it_is_written() {
        String name = "org.apache.camel:context=sample,name=%22a.route%22,type=routes";
        List<String> tricks = List.of(
                "/exec/" + name + "/stop",
                "/exec/" + name + "/stop()",
                "/exec/" + name + "/stop(long)/1",
                "/exec/" + name + "/%73top",
                "/exec/" + name + "/st%6Fp/",
                "/exec/org.apache.camel:type=routes,*/stop",
                "/exec/org.apache.camel:*/stop",
                "/exec/*:*/stop",
                "/EXEC/" + name + "/stop",
                "/ExEc/" + name + "/stop()",
                "/?p=exec/" + name + "/stop",
                "//exec/" + name + "/stop",
                "/read/../exec/" + name + "/stop",
                "/exec/" + name + "/stop!/",
                "/exec;x=y/" + name + "/stop",
                "/write/" + name + "/Secret/x");
        for (String door : DOORS) {
            for (String trick : tricks) {
                HttpResponse<String> answer = console.get("viewer", door + trick);
                assertThat(route.getStops())
                        .as(door + trick + " → " + answer.body())
                        .isZero();
            }
        }
    }

    @Test
    void a_viewer_can_not_stop_a_route_by_post_alone_or_in_a_list() throws Exception {
        String stop = exec(ROUTE, "stop()");
        String dump = exec(ROUTE, "dumpRouteAsXml");
        List<String> bodies = List.of(
                stop,
                exec(ROUTE, "stop"),
                exec(ROUTE, "stop(long)\",\"arguments\":[1],\"x\":\""),
                exec("org.apache.camel:type=routes,*", "stop()"),
                exec("*:*", "stop()"),
                stop.replace("exec", "EXEC"),
                stop.replace("stop()", "\\u0073top()"),
                "[" + dump + "," + stop + "]",
                stop.replace("{", "{\"target\":{\"url\":\"service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi\"},"),
                "{\"type\":\"write\",\"mbean\":" + quoted(ROUTE) + ",\"attribute\":\"Secret\",\"value\":\"x\"}");
        for (String door : DOORS) {
            for (String body : bodies) {
                HttpResponse<String> answer = console.post("viewer", door + "/", body);
                assertThat(route.getStops()).as(body + " → " + answer.body()).isZero();
            }
        }
        JsonNode both = json.readTree(
                console.post("viewer", DOORS.get(0), bodies.get(7)).body());
        assertThat(both.get(0).path("status").intValue()).isEqualTo(200);
        assertThat(both.get(1).path("status").intValue()).isEqualTo(403);
    }

    @Test
    void an_operator_stops_a_route_by_either_door() throws Exception {
        for (String door : DOORS) {
            assertThat(status(console.post("operator", door, exec(ROUTE, "stop()"))))
                    .isEqualTo(200);
        }
        assertThat(status(console.get(
                        "operator",
                        "/actuator/jolokia/exec/"
                                + "org.apache.camel:context=sample,name=%22a.route%22,type=routes/stop()")))
                .isEqualTo(200);
        assertThat(route.getStops()).isEqualTo(3);
    }

    @Test
    void an_operator_stops_no_context_and_writes_nothing() throws Exception {
        assertThat(status(console.post("operator", DOORS.get(0), exec(CONTEXT, "stop()"))))
                .isEqualTo(403);
        String write = "{\"type\":\"write\",\"mbean\":" + quoted(ROUTE) + ",\"attribute\":\"Secret\",\"value\":\"x\"}";
        assertThat(status(console.post("operator", DOORS.get(0), write))).isEqualTo(403);
        assertThat(status(console.post("administrator", DOORS.get(0), write))).isEqualTo(403);
        assertThat(context.getStops()).isZero();
        assertThat(status(console.post("administrator", DOORS.get(0), exec(CONTEXT, "stop()"))))
                .isEqualTo(200);
        assertThat(context.getStops()).isEqualTo(1);
    }

    @Test
    void a_route_can_be_stopped_by_a_pattern_by_nobody() throws Exception {
        String all = exec("org.apache.camel:type=routes,*", "stop()");
        for (String account : List.of("operator", "engineer", "administrator")) {
            assertThat(status(console.post(account, DOORS.get(0), all)))
                    .as(account)
                    .isEqualTo(403);
        }
        assertThat(route.getStops()).isZero();
    }

    @Test
    void message_content_is_for_operators_and_sending_past_the_journal_for_nobody() throws Exception {
        String browse = "{\"type\":\"exec\",\"mbean\":" + quoted(ENDPOINT)
                + ",\"operation\":\"browseAllMessagesAsXml\",\"arguments\":[true]}";
        assertThat(status(console.post("viewer", DOORS.get(0), browse))).isEqualTo(403);
        assertThat(status(console.post("operator", DOORS.get(0), browse))).isEqualTo(200);
        String send = "{\"type\":\"exec\",\"mbean\":" + quoted(CONTEXT)
                + ",\"operation\":\"sendBody\",\"arguments\":[\"direct:a\",\"x\"]}";
        assertThat(status(console.post("administrator", DOORS.get(0), send))).isEqualTo(403);
        assertThat(context.getStops()).isZero();
    }

    @Test
    void secrets_are_not_read_alone_nor_among_all_attributes_nor_by_pattern() throws Exception {
        String door = DOORS.get(0);
        assertThat(status(console.get("viewer", door + "/read/java.lang:type=Runtime/SystemProperties")))
                .isEqualTo(403);
        assertThat(status(console.get("viewer", door + "/read/java.lang:type=Runtime/Uptime")))
                .isEqualTo(200);
        for (String form :
                List.of("/read/java.lang:type=Runtime", "/read/java.lang:*?ignoreErrors=true", "/read/*:*")) {
            String body = console.get("viewer", door + form).body();
            assertThat(body)
                    .as(form)
                    .doesNotContain("java.home")
                    .doesNotContain("-Xmx")
                    .doesNotContain("java.class.path");
        }
        assertThat(status(console.get("administrator", door + "/read/java.lang:type=Runtime/SystemProperties")))
                .isEqualTo(200);
    }

    @Test
    void dangerous_beans_are_closed_to_everybody() throws Exception {
        String[] requests = {
            exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap\",\"arguments\":[\"x.hprof\",true],\"x\":\""),
            exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties"),
            exec("java.util.logging:type=Logging", "setLoggerLevel\",\"arguments\":[\"\",\"ALL\"],\"x\":\""),
            exec("JMImplementation:type=MBeanServerDelegate", "anything")
        };
        for (String request : requests) {
            assertThat(status(console.post("administrator", DOORS.get(0), request)))
                    .as(request)
                    .isEqualTo(403);
        }
    }

    @Test
    void there_is_nobody_to_send_notifications() throws Exception {
        String registered = console.post("viewer", DOORS.get(0), "{\"type\":\"notification\",\"command\":\"register\"}")
                .body();
        JsonNode answer = json.readTree(registered);
        assertThat(answer.at("/value/backend")).as(registered).isEmpty();
    }

    @Test
    void a_proxy_request_reaches_no_other_host() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            other.setSoTimeout(300);
            String proxied = "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"Uptime\","
                    + "\"target\":{\"url\":\"service:jmx:rmi:///jndi/rmi://127.0.0.1:" + other.getLocalPort()
                    + "/jmxrmi\"}}";
            console.post("administrator", DOORS.get(0), proxied);
            assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(console.get("administrator", "/actuator/hawtio/proxy/http/127.0.0.1/" + console.port() + "/")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void answers_carry_no_stack_trace_and_no_permission_for_other_sites() {
        URI uri = console.uri("/actuator/jolokia/read/no:such=bean");
        var answer =
                console.send(console.request("viewer", uri.getPath()).header("Origin", "http://elsewhere.example"));
        assertThat(answer.body()).doesNotContain("\\tat ").doesNotContain("\"stacktrace\"");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private static String exec(String mbean, String operation) {
        return "{\"type\":\"exec\",\"mbean\":" + quoted(mbean) + ",\"operation\":\"" + operation + "\"}";
    }

    private static String quoted(String mbean) {
        return '"' + mbean.replace("\"", "\\\"") + '"';
    }

    private int status(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() == 200
                ? json.readTree(answer.body()).path("status").intValue()
                : answer.statusCode();
    }
}
