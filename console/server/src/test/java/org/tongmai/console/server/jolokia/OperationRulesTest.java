package org.tongmai.console.server.jolokia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.jolokia.OperationRules.Kind;

class OperationRulesTest {
    private static final String ROUTE = "org.apache.camel:context=a,type=routes,name=\"b\"";
    private static final String CONTEXT = "org.apache.camel:context=a,type=context,name=\"a\"";

    private static final List<String> HOLDING = List.of(
            "start()", "stop()", "stop(long)", "stopAndFail()", "suspend()", "resume()", "restart()", "restart(long)");

    private static final String QUEUE =
            "org.apache.activemq.artemis:broker=\"b\",component=addresses,address=\"a\",subcomponent=queues,"
                    + "routing-type=\"multicast\",queue=\"q\"";

    private final OperationRules rules = OperationRules.shipped();

    @Test
    void a_dump_with_the_settings_put_in_shows_passwords_and_is_nobodys() throws Exception {
        for (String dump : List.of(
                "dumpRouteAsXml(boolean)",
                "dumpRouteAsXml(boolean,boolean,boolean)",
                "dumpRouteAsYaml( boolean , boolean )",
                "dumpRoutesAsXml(boolean)",
                "dumpRoutesAsYaml(boolean,boolean)")) {
            assertThat(allowedNames(ROUTE, dump)).as(dump).isEmpty();
            assertThat(allowedNames(CONTEXT, dump)).as(dump).isEmpty();
        }
    }

    @Test
    void a_dump_as_it_was_written_is_everybodys() throws Exception {
        for (String dump : List.of("dumpRouteAsXml", "dumpRouteAsXml()", "dumpRouteStatsAsXml(boolean,boolean)")) {
            assertThat(allowedNames(ROUTE, dump)).as(dump).contains("VIEWER");
        }
        assertThat(allowedNames(CONTEXT, "dumpRoutesAsXml()")).contains("VIEWER");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/matrix/broker-operations.csv", delimiter = ';', numLinesToSkip = 1)
    void a_subscribers_messages_are_seen_by_operators_and_touched_by_administrators(String operation, String least)
            throws Exception {
        assertThat(allowedNames(QUEUE, operation))
                .as(operation)
                .containsExactlyElementsOf(
                        least.equals("NOBODY")
                                ? List.of()
                                : Arrays.stream(Role.values())
                                        .filter(role -> role.implied().contains(Role.valueOf(least)))
                                        .map(Enum::name)
                                        .toList());
    }

    @Test
    void what_may_quote_a_message_or_breaks_the_answer_is_not_the_viewers() throws Exception {
        assertThat(allowedNames(ROUTE, "getLastError()"))
                .doesNotContain("VIEWER")
                .contains("OPERATOR");
        assertThat(rules.allowed(Kind.READ, new ObjectName(ROUTE), "LastError")).doesNotContain(Role.VIEWER);
        String transformers = "org.apache.camel:context=a,type=services,name=DefaultTransformerRegistry";
        assertThat(allowedNames(transformers, "listTransformers()")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gateway.bus", "service.echo.7c88fc3d96c7", "service.echo.7c88fc3d96c7.reply", "listener.l.0a1b"
            })
    void what_the_rules_of_the_gateways_run_is_held_and_started_by_nobody_else(String route) throws Exception {
        String mbean = "org.apache.camel:context=tongmai,type=routes,name=\"" + route + "\"";
        for (String operation : HOLDING) {
            assertThat(allowedNames(mbean, operation)).as(operation).isEmpty();
            assertThat(allowedNames(ROUTE, operation)).as(operation).contains("OPERATOR");
        }
        assertThat(allowedNames(mbean, "dumpRouteStatsAsXml(boolean,boolean)")).contains("VIEWER");
        assertThat(rules.allowed(Kind.READ, new ObjectName(mbean), "State")).contains(Role.VIEWER);
    }

    @Test
    void a_part_of_a_route_is_held_by_nobody_for_its_name_does_not_say_of_which() throws Exception {
        for (String operation : List.of("start()", "stop()")) {
            assertThat(allowedNames("org.apache.camel:context=a,type=consumers,name=AsyncHttpConsumer(0x1)", operation))
                    .isEmpty();
            assertThat(allowedNames("org.apache.camel:context=a,type=processors,name=\"to1\"", operation))
                    .isEmpty();
        }
    }

    private List<String> allowedNames(String mbean, String operation) throws Exception {
        return rules.allowed(Kind.EXEC, new ObjectName(mbean), operation).stream()
                .map(Enum::name)
                .toList();
    }
}
