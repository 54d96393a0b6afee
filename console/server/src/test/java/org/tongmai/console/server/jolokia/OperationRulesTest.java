package org.tongmai.console.server.jolokia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.jolokia.OperationRules.Kind;

class OperationRulesTest {
    private static final String ROUTE = "org.apache.camel:context=a,type=routes,name=\"b\"";
    private static final String CONTEXT = "org.apache.camel:context=a,type=context,name=\"a\"";

    private final OperationRules rules = OperationRules.shipped();

    @Test
    void a_dump_with_the_settings_put_in_shows_passwords_and_is_the_administrators() throws Exception {
        for (String dump : List.of(
                "dumpRouteAsXml(boolean)",
                "dumpRouteAsXml(boolean,boolean,boolean)",
                "dumpRouteAsYaml( boolean , boolean )",
                "dumpRoutesAsXml(boolean)",
                "dumpRoutesAsYaml(boolean,boolean)")) {
            assertThat(allowedNames(ROUTE, dump)).as(dump).containsExactly("ADMINISTRATOR");
            assertThat(allowedNames(CONTEXT, dump)).as(dump).containsExactly("ADMINISTRATOR");
        }
    }

    @Test
    void a_dump_as_it_was_written_is_everybodys() throws Exception {
        for (String dump : List.of("dumpRouteAsXml", "dumpRouteAsXml()", "dumpRouteStatsAsXml(boolean,boolean)")) {
            assertThat(allowedNames(ROUTE, dump)).as(dump).contains("VIEWER");
        }
        assertThat(allowedNames(CONTEXT, "dumpRoutesAsXml()")).contains("VIEWER");
    }

    private List<String> allowedNames(String mbean, String operation) throws Exception {
        return rules.allowed(Kind.EXEC, new ObjectName(mbean), operation).stream()
                .map(Enum::name)
                .toList();
    }
}
