package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.gateway.TransportTemplate;
import org.tongmai.routes.engine.gateway.TransportTemplate.Destination;
import org.tongmai.routes.engine.gateway.TransportTemplate.Parameter;

/** What is told of the kinds of transport (传输组件 API), of the templates that ship. */
class TransportTemplatesTest {
    private static final String ANOTHER =
            """
            - routeTemplate:
                id: service-counter
                description: A counter.
                parameters:
                  - name: entry
                  - name: window
                    description: Which window.
                  - name: loud
                    description: Whether it calls out.
                    defaultValue: "false"
                route:
                  from:
                    uri: "direct:{{entry}}"
                    steps:
                      - to: "mock:{{window}}"
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ServiceRoutes services = new ServiceRoutes(context);
    private final ListenerRoutes listeners = new ListenerRoutes(context);

    @BeforeEach
    void loadThoseThatShip() throws Exception {
        context.start();
        for (String folder : List.of("service-templates", "listener-templates")) {
            for (Path file : templates(folder)) {
                load(file);
            }
        }
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static List<Path> templates(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", folder))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
        }
    }

    private void load(Path file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(
                        context, "file:" + file.toAbsolutePath().normalize()));
    }

    private static TransportTemplate of(List<TransportTemplate> all, String kind) {
        return all.stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
    }

    private static Parameter parameter(TransportTemplate template, String name) {
        return template.parameters().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_file_is_a_kind_that_says_what_it_is_and_what_each_of_its_parameters_is_for() throws IOException {
        assertThat(services.described()).hasSize(templates("service-templates").size());
        assertThat(listeners.described())
                .hasSize(templates("listener-templates").size());
        Stream.concat(services.described().stream(), listeners.described().stream())
                .forEach(each -> {
                    assertThat(each.description()).as(each.kind()).isNotBlank();
                    assertThat(each.parameters()).as(each.kind()).isNotEmpty().allSatisfy(one -> assertThat(
                                    one.description())
                            .as(one.name())
                            .isNotBlank());
                });
    }

    @Test
    void a_parameter_has_its_default_or_must_be_said() {
        TransportTemplate files = of(services.described(), "files");
        assertThat(files.goesTo()).isEqualTo(Destination.PARAMETERS);
        assertThat(parameter(files, "port")).isEqualTo(new Parameter("port", "Its TCP port.", "22", List.of()));
        assertThat(parameter(files, "host").defaultValue()).isNull();
        assertThat(parameter(of(services.described(), "mllp"), "fhir").values()).containsExactly("true", "false");
        assertThat(parameter(of(listeners.described(), "mllp"), "port").defaultValue())
                .isNull();
    }

    @Test
    void what_rules_can_not_set_is_not_told() {
        TransportTemplate http = of(services.described(), "http");
        assertThat(http.goesTo()).isEqualTo(Destination.TARGETS);
        assertThat(http.parameters())
                .extracting(Parameter::name)
                .containsExactly(
                        "connections",
                        "connectTimeout",
                        "maxBody",
                        "largeBody",
                        "tlsTrustStore",
                        "tlsKeyStore",
                        "account");
        assertThat(of(services.described(), "mllp").parameters())
                .extracting(Parameter::name)
                .doesNotContain("entry", "threads", "waiting", "waitsWhen");
    }

    @Test
    void a_template_that_is_added_at_run_time_is_told_at_once(@TempDir Path folder) throws Exception {
        int before = services.described().size();
        load(Files.writeString(folder.resolve("counter.camel.yaml"), ANOTHER));
        assertThat(services.described()).hasSize(before + 1);
        assertThat(of(services.described(), "counter"))
                .isEqualTo(new TransportTemplate(
                        "counter",
                        "A counter.",
                        Destination.PARAMETERS,
                        List.of(
                                new Parameter("window", "Which window.", null, List.of()),
                                new Parameter("loud", "Whether it calls out.", "false", List.of("true", "false")))));
    }
}
