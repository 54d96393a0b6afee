package org.tongmai.routes.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.bundle.RouteBundle.State;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

class RouteBundlesTest {
    private static final String ADT = "hospital-adt-to-district";
    private static final Path REFUSED = Path.of("src/test/resources/refused-bundles");
    private static final Map<String, String> PLATFORM = Map.of(
            "district.sftp.password", "a+b&c=d e)",
            "district.sftp.known-hosts-file", "known_hosts",
            "downstream.mllp.host", "127.0.0.1");

    private final SubscriptionRegistry subscriptions = new SubscriptionRegistry();
    private final EngineStub journal = new EngineStub();
    private final EngineStub canonical = new EngineStub();
    private DefaultCamelContext context;
    private RouteBundles bundles;

    @BeforeEach
    void startCamel() throws Exception {
        context = new DefaultCamelContext();
        context.addComponent("journal", journal);
        context.addComponent("canonical", canonical);
        register("hl7v2:message");
        register("fhir:bundle");
        register("fhir:batch");
        register("csv:district-visit");
        context.start();
        bundles = new RouteBundles(context, subscriptions);
    }

    private void register(String name) {
        Transformer nothing = new Transformer() {
            @Override
            public void transform(Message message, DataType from, DataType to) {
                if (message.getBody() instanceof String text && text.equals("bad")) {
                    throw new IllegalArgumentException("found: bad (expected: good)");
                }
                if (message.getBody() instanceof String text && text.equals("too deep")) {
                    throw new StackOverflowError();
                }
            }
        };
        nothing.setName(name);
        context.getTransformerRegistry().put(org.apache.camel.spi.TransformerKey.createFrom(nothing), nothing);
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private static Path repositoryBundles() {
        return Path.of("..", "bundles").toAbsolutePath().normalize();
    }

    private void loadRepositoryBundles() {
        bundles.load(repositoryBundles(), (bundle, key) -> Optional.ofNullable(PLATFORM.get(key)));
    }

    @Test
    void the_bundles_of_the_repository_keep_the_rules_and_run() {
        loadRepositoryBundles();
        assertThat(bundles.loaded()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(bundle -> {
            assertThat(bundle.violations()).isEmpty();
            assertThat(bundle.state()).isEqualTo(State.RUNNING);
        });
        assertThat(canonical.subscriptions)
                .contains(
                        ADT + ".deliver-to-district patient-administration 500",
                        "hospital-results-sharing.deliver-results results 1",
                        "appointments-to-downstream.deliver-appointments scheduling 1",
                        "canonical-events-to-broker.deliver-events * 500");
        assertThat(subscriptions.destinationsFor("results", "hl7v2:message"))
                .containsExactly(
                        "canonical-events-to-broker.deliver-events", "hospital-results-sharing.deliver-results");
        assertThat(subscriptions.destinationsFor("results", "fhir:request"))
                .as("who forwards HL7 v2 as it came gets nothing else")
                .containsExactly("canonical-events-to-broker.deliver-events");
    }

    @Test
    void kamelets_become_routes_named_after_the_route_that_uses_them() {
        loadRepositoryBundles();
        assertThat(context.getRoutes())
                .extracting(route -> route.getId())
                .contains(
                        ADT + ".receive-adt",
                        ADT + ".receive-adt.hl7-mllp-source",
                        ADT + ".receive-adt.canonical-publish-sink",
                        ADT + ".deliver-to-district.canonical-subscribe-source",
                        ADT + ".deliver-to-district.files-sftp-sink");
    }

    @Test
    void the_engine_wraps_a_receiving_route() {
        loadRepositoryBundles();
        context.createProducerTemplate().sendBody("direct:mllp-2575", "good");
        assertThat(journal.calls).containsExactly("accept" + ADT + ".receive-adt", "settle");
        assertThat(canonical.calls).containsExactly("publish");
    }

    @Test
    void a_failing_step_ends_in_refuse_and_throws_nothing() {
        loadRepositoryBundles();
        context.createProducerTemplate().sendBody("direct:mllp-2575", "bad");
        assertThat(journal.calls).containsExactly("accept" + ADT + ".receive-adt", "refuse");
        assertThat(canonical.calls).isEmpty();
    }

    @Test
    void a_step_that_overflows_its_stack_is_refused_like_any_other() {
        loadRepositoryBundles();
        context.createProducerTemplate().sendBody("direct:mllp-2575", "too deep");
        assertThat(journal.calls).containsExactly("accept" + ADT + ".receive-adt", "refuse");
        assertThat(canonical.calls).isEmpty();
    }

    @Test
    void settings_reach_a_kamelet_as_they_are_written() throws Exception {
        loadRepositoryBundles();
        MockEndpoint sink = context.getEndpoint("mock:files-sftp-sink", MockEndpoint.class);
        sink.expectedHeaderReceived("seenPassword", PLATFORM.get("district.sftp.password"));
        Exchange exchange = new DefaultExchange(context);
        context.getRoute(ADT + ".deliver-to-district").getProcessor().process(exchange);
        assertThat(exchange.getException()).isNull();
        sink.assertIsSatisfied();
    }

    @Test
    void an_empty_setting_is_an_empty_parameter() {
        loadRepositoryBundles();
        Exchange exchange = context.createProducerTemplate().send("direct:mllp-2575", sent -> {});
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("seenCharset")).isEqualTo("[]");
    }

    @Test
    void a_bundle_can_be_stopped_and_started_again() {
        loadRepositoryBundles();
        bundles.stop(ADT);
        assertThat(context.getRoutes()).noneMatch(route -> route.getId().startsWith(ADT));
        assertThat(status(ADT).state()).isEqualTo(State.STOPPED);
        assertThat(subscriptions.destinationsFor("patient-administration", "hl7v2:message"))
                .contains(ADT + ".deliver-to-district");
        bundles.start(ADT);
        assertThat(status(ADT).state()).isEqualTo(State.RUNNING);
        context.createProducerTemplate().sendBody("direct:mllp-2575", "good");
        assertThat(journal.calls).contains("settle");
    }

    @Test
    void a_bundle_nobody_knows_is_named() {
        assertThatThrownBy(() -> bundles.stop("nobody"))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-BUNDLE-0014")
                .hasMessageContaining("nobody");
    }

    @Test
    void refused_bundles_name_file_and_line_and_leave_their_neighbour_running() {
        bundles.load(REFUSED, BundleOverrides.NONE);
        assertThat(status("good-neighbour").state()).isEqualTo(State.RUNNING);
        assertRefused("with-script", BundleError.STEP_FORBIDDEN, "receive.camel.yaml:9");
        assertRefused("with-raw-uri", BundleError.ENDPOINT_FORBIDDEN, "receive.camel.yaml:9");
        assertRefused("with-direct", BundleError.ENDPOINT_FORBIDDEN, "receive.camel.yaml:9");
        assertRefused("with-literal-host", BundleError.LITERAL_FORBIDDEN, "receive.camel.yaml:10");
        assertRefused("with-bean-in-simple", BundleError.EXPRESSION_FORBIDDEN, "receive.camel.yaml:10");
        assertRefused("with-unknown-kamelet", BundleError.KAMELET_MISSING, "receive.camel.yaml:9");
        assertRefused("with-environment", BundleError.SETTING_UNDECLARED, "receive.camel.yaml:10");
    }

    @Test
    void all_violations_are_named_at_once() {
        bundles.load(REFUSED, BundleOverrides.NONE);
        assertThat(status("with-missing-settings").violations())
                .extracting(Issue::code)
                .containsExactly(BundleError.SETTING_MISSING, BundleError.SETTING_MISSING, BundleError.SETTING_INVALID);
        assertThat(status("with-wrong-id").violations())
                .extracting(Issue::code)
                .containsExactly(BundleError.MANIFEST_INVALID, BundleError.ROUTE_INVALID);
    }

    @Test
    void the_platforms_setting_wins_and_stays_in_its_bundle() {
        bundles.load(REFUSED, (bundle, key) -> {
            boolean mine = bundle.equals("with-missing-settings");
            return mine ? Optional.of(key.equals("a.size") ? "9" : "8") : Optional.empty();
        });
        assertThat(status("with-missing-settings").state()).isEqualTo(State.RUNNING);
        assertThat(context.hasEndpoint("direct:mllp-8")).isNotNull();
        assertThat(context.hasEndpoint("direct:mllp-7")).isNotNull();
    }

    @Test
    void a_bundle_that_can_not_start_is_reported_and_the_others_run(@org.junit.jupiter.api.io.TempDir Path folder)
            throws Exception {
        for (String name : List.of("first", "second")) {
            Path bundle = Files.createDirectory(folder.resolve(name));
            try (var files = Files.list(REFUSED.resolve("good-neighbour"))) {
                for (Path file : files.toList()) {
                    String text = Files.readString(file).replace("good-neighbour", name);
                    Files.writeString(bundle.resolve(file.getFileName()), text);
                }
            }
        }
        bundles.load(folder, BundleOverrides.NONE);
        assertThat(status("first").state()).isEqualTo(State.RUNNING);
        assertThat(status("second").state()).isEqualTo(State.FAILED);
        assertThat(status("second").violations()).extracting(Issue::code).containsExactly(BundleError.START_FAILED);
        bundles.stop("first");
        bundles.start("second");
        assertThat(status("second").state()).isEqualTo(State.RUNNING);
    }

    private RouteBundle status(String id) {
        return bundles.loaded().stream()
                .filter(bundle -> bundle.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(String id, BundleError code, String where) {
        assertThat(status(id).state()).isEqualTo(State.REFUSED);
        assertThat(status(id).violations())
                .extracting(Issue::code, Issue::location)
                .contains(org.assertj.core.groups.Tuple.tuple(code, where));
    }
}
