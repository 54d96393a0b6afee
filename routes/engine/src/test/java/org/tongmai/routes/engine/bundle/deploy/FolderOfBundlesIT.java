package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.Issue;

/** What a first start makes of a folder: the bundles of the repository, and bundles that break rules. */
class FolderOfBundlesIT {
    private static final String ADT = "hospital-adt-to-district";
    private static final Path REFUSED = Path.of("src/test/resources/refused-bundles");
    private static final Map<String, String> PLATFORM = Map.of(
            "district.sftp.password", "a+b&c=d e)",
            "district.sftp.known-hosts-file", "known_hosts",
            "downstream.mllp.host", "127.0.0.1");

    private TestDatabase database;
    private BundleNode node;

    @BeforeEach
    void open() {
        database = new TestDatabase();
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private void start(Path folder, BundleOverrides overrides) throws Exception {
        node = new BundleNode(database.dataSource(), "n1", BundleNode.rules(overrides, null));
        node.bundles.start(folder);
    }

    private void startRepositoryBundles() throws Exception {
        start(
                Path.of("..", "bundles").toAbsolutePath().normalize(),
                (bundle, key) -> Optional.ofNullable(PLATFORM.get(key)));
    }

    private RunCondition condition(String id) {
        RouteBundle bundle = node.bundles.find(id).orElseThrow();
        return bundle.nodes().get(0).condition();
    }

    @Test
    void the_bundles_of_the_repository_keep_the_rules_and_run() throws Exception {
        startRepositoryBundles();
        assertThat(node.bundles.notSeeded()).isEmpty();
        assertThat(node.bundles.all()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(bundle -> assertThat(bundle.nodes())
                .extracting(RouteBundle.Node::condition)
                .containsExactly(RunCondition.RUNNING));
        assertThat(node.canonical.subscriptions)
                .contains(
                        ADT + ".deliver-to-district patient-administration 500",
                        "hospital-results-sharing.deliver-results results 1",
                        "appointments-to-downstream.deliver-appointments scheduling 1",
                        "canonical-events-to-broker.deliver-events * 500");
        assertThat(node.subscriptions.destinationsFor("results", "hl7v2:message"))
                .contains("canonical-events-to-broker.deliver-events", "hospital-results-sharing.deliver-results");
        assertThat(node.subscriptions.destinationsFor("results", "fhir:request"))
                .as("who forwards HL7 v2 as it came gets nothing else")
                .contains("canonical-events-to-broker.deliver-events")
                .doesNotContain("hospital-results-sharing.deliver-results");
    }

    @Test
    void settings_reach_a_kamelet_as_they_are_written_and_an_empty_one_is_empty() throws Exception {
        startRepositoryBundles();
        MockEndpoint sink = node.context.getEndpoint("mock:files-sftp-sink", MockEndpoint.class);
        sink.expectedHeaderReceived("seenPassword", PLATFORM.get("district.sftp.password"));
        Exchange exchange = new DefaultExchange(node.context);
        node.context.getRoute(ADT + ".deliver-to-district").getProcessor().process(exchange);
        assertThat(exchange.getException()).isNull();
        sink.assertIsSatisfied();
        assertThat(node.send(2575, "P").getMessage().getHeader("seenCharset")).isEqualTo("[]");
    }

    @Test
    void a_step_that_overflows_its_stack_is_refused_like_any_other() throws Exception {
        startRepositoryBundles();
        node.context.createProducerTemplate().sendBody("direct:mllp-2575", "too deep");
        assertThat(node.journal.calls).containsExactly("accept" + ADT + ".receive-adt", "refuse");
        assertThat(node.canonical.calls).isEmpty();
    }

    @Test
    void refused_bundles_name_file_and_line_and_leave_their_neighbour_running() throws Exception {
        start(REFUSED, BundleOverrides.NONE);
        assertThat(condition("good-neighbour")).isEqualTo(RunCondition.RUNNING);
        assertRefused("with-script", BundleError.STEP_FORBIDDEN, "receive.camel.yaml:9");
        assertRefused("with-raw-uri", BundleError.ENDPOINT_FORBIDDEN, "receive.camel.yaml:9");
        assertRefused("with-direct", BundleError.ENDPOINT_FORBIDDEN, "receive.camel.yaml:9");
        assertRefused("with-literal-host", BundleError.LITERAL_FORBIDDEN, "receive.camel.yaml:10");
        assertRefused("with-bean-in-simple", BundleError.EXPRESSION_FORBIDDEN, "receive.camel.yaml:10");
        assertRefused("with-unknown-kamelet", BundleError.KAMELET_MISSING, "receive.camel.yaml:9");
        assertRefused("with-environment", BundleError.SETTING_UNDECLARED, "receive.camel.yaml:10");
        assertThat(node.bundles.notSeeded().get("with-missing-settings"))
                .extracting(Issue::code)
                .as("all violations at once")
                .containsExactly(BundleError.SETTING_MISSING, BundleError.SETTING_MISSING, BundleError.SETTING_INVALID);
    }

    private void assertRefused(String id, BundleError code, String where) {
        assertThat(node.bundles.notSeeded().get(id))
                .extracting(Issue::code, Issue::location)
                .contains(Tuple.tuple(code, where));
    }

    @Test
    void the_platforms_setting_wins_and_stays_in_its_bundle() throws Exception {
        start(REFUSED, (bundle, key) -> {
            boolean mine = bundle.equals("with-missing-settings");
            return mine ? Optional.of(key.equals("a.size") ? "9" : "8") : Optional.empty();
        });
        assertThat(condition("with-missing-settings")).isEqualTo(RunCondition.RUNNING);
        assertThat(node.context.hasEndpoint("direct:mllp-8")).isNotNull();
        assertThat(node.context.hasEndpoint("direct:mllp-7")).isNotNull();
    }

    @Test
    void a_bundle_that_can_not_start_is_reported_and_can_be_started_again(@TempDir Path folder) throws Exception {
        for (String name : List.of("first", "second")) {
            Path bundle = Files.createDirectory(folder.resolve(name));
            for (Map.Entry<String, String> file :
                    TestBundles.of(name, "1.0.0", "fhir:one").files().entrySet()) {
                Files.writeString(bundle.resolve(file.getKey()), file.getValue());
            }
        }
        start(folder, BundleOverrides.NONE);
        assertThat(condition("first")).isEqualTo(RunCondition.RUNNING);
        assertThat(condition("second")).isEqualTo(RunCondition.FAILED);
        assertThat(node.bundles.notRunning().get("second"))
                .extracting(Issue::code)
                .containsExactly(BundleError.START_FAILED);
        node.bundles.stop("first", Order.by("operator"));
        node.bundles.start("second", Order.by("operator"));
        assertThat(condition("second")).isEqualTo(RunCondition.RUNNING);
    }
}
