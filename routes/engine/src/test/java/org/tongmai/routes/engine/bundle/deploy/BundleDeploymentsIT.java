package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleMode;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.archive.TrustedAuthors;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/** Decisions about bundles against a real database and a real Camel. */
class BundleDeploymentsIT {
    private static final Order BY = Order.by("engineer");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<BundleNode> nodes = new ArrayList<>();
    private TestDatabase database;
    private BundleNode node;

    @BeforeEach
    void startNode() throws Exception {
        database = new TestDatabase();
        node = node("n1");
    }

    private BundleNode node(String name) throws Exception {
        BundleNode started = BundleNode.start(database.dataSource(), name, folder);
        nodes.add(started);
        return started;
    }

    @AfterEach
    void close() {
        nodes.forEach(BundleNode::close);
        database.close();
    }

    private RouteBundle deploy(TestBundles bundle) {
        return node.bundles.deploy(bundle.unsigned(), BY).get(0);
    }

    private RouteBundle found() {
        return node.bundles.find(TestBundles.ID).orElseThrow();
    }

    private void assertRefused(ErrorCode code, Runnable decision) {
        assertThatThrownBy(decision::run)
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.issues())
                        .extracting(Issue::code)
                        .contains(code));
    }

    @Test
    void a_deployed_bundle_takes_messages_and_the_node_proves_its_digest() {
        TestBundles one = TestBundles.of("1.0.0", "fhir:one");
        RouteBundle deployed = deploy(one);

        assertThat(node.send(7, "P1").getException()).isNull();
        assertThat(node.journal.calls).containsExactly("accept" + TestBundles.RECEIVE, "settle");
        assertThat(node.takenBy("fhir:one")).containsExactly("P1");
        assertThat(deployed.state()).isEqualTo(BundleState.RUNNING);
        assertThat(deployed.stable().version()).isEqualTo("1.0.0");
        assertThat(deployed.nodes()).singleElement().satisfies(each -> {
            assertThat(each.condition()).isEqualTo(RunCondition.RUNNING);
            assertThat(each.stable()).isEqualTo(one.digest());
            assertThat(each.generation()).isEqualTo(1);
        });
        assertThat(found().stable().figures().get(TestBundles.RECEIVE).messages())
                .isEqualTo(1);
        assertThat(node.context.getRoutes())
                .extracting(route -> route.getId())
                .contains(
                        TestBundles.RECEIVE,
                        TestBundles.RECEIVE + ".hl7-mllp-source",
                        TestBundles.RECEIVE + "@1.0.0",
                        TestBundles.RECEIVE + "@1.0.0.canonical-publish-sink");
    }

    @Test
    void the_next_version_takes_over_behind_the_same_listener_and_the_old_one_is_gone() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        Object listener = node.context.getRoute(TestBundles.RECEIVE + ".hl7-mllp-source");
        deploy(TestBundles.of("1.1.0", "fhir:two"));

        node.send(7, "P1");
        assertThat(node.takenBy("fhir:two")).containsExactly("P1");
        assertThat(node.takenBy("fhir:one")).isEmpty();
        assertThat(node.context.getRoute(TestBundles.RECEIVE + ".hl7-mllp-source"))
                .isSameAs(listener);
        await().atMost(LIMIT).until(() -> node.context.getRoute(TestBundles.RECEIVE + "@1.0.0") == null);
        assertThat(node.bundles.releases(TestBundles.ID))
                .extracting(RouteBundle.Release::version)
                .containsExactly("1.1.0", "1.0.0");
        assertThat(node.bundles.ledger(TestBundles.ID, 10))
                .extracting(RouteBundle.Decided::decision, RouteBundle.Decided::by)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(BundleDecision.DEPLOY, "engineer"),
                        org.assertj.core.groups.Tuple.tuple(BundleDecision.DEPLOY, "engineer"));
    }

    @Test
    void a_version_on_another_port_replaces_the_listener_and_one_on_a_taken_port_leaves_the_old_running() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        deploy(TestBundles.of("1.1.0", "fhir:two").onPort(8));
        node.send(8, "P1");
        assertThat(node.takenBy("fhir:two")).containsExactly("P1");
        assertThat(node.context.hasEndpoint("direct:mllp-7")).isNull();

        node.bundles.deploy(
                TestBundles.of("neighbour", "1.0.0", "fhir:one").onPort(9).unsigned(), BY);
        assertRefused(
                BundleError.START_FAILED,
                () -> deploy(TestBundles.of("1.2.0", "fhir:one").onPort(9)));
        node.send(8, "P2");
        assertThat(node.takenBy("fhir:two")).containsExactly("P1", "P2");
        assertThat(found().stable().version()).isEqualTo("1.1.0");
        await().atMost(LIMIT).until(() -> node.context.getRoutes().stream()
                .noneMatch(route -> route.getId().contains("@1.2.0")));
    }

    @Test
    void a_version_whose_steps_do_not_start_never_takes_a_message() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        TestBundles broken = TestBundles.of("1.1.0", "fhir:two")
                .replacing(
                        "- to:",
                        "- setHeader: {name: a, expression: {simple: {expression: \"${header.b\"}}}\n        - to:");
        assertThatThrownBy(() -> deploy(broken)).isInstanceOf(CodedException.class);
        node.send(7, "P1");
        assertThat(node.takenBy("fhir:one")).containsExactly("P1");
        assertThat(found().generation()).isEqualTo(1);
        assertThat(node.bundles.releases(TestBundles.ID)).hasSize(1);
    }

    @Test
    void a_version_whose_golden_tests_fail_changes_nothing() throws Exception {
        BundleNode gated = new BundleNode(
                database.dataSource(),
                "gated",
                BundleNode.rules(
                        BundleOverrides.NONE,
                        (candidate, settings) -> new GateReport(
                                1,
                                List.of(Issue.of(BundleError.ROUTE_INVALID, "test/admit.hl7", "scripted")),
                                Map.of())));
        nodes.add(gated);
        assertRefused(
                BundleError.ROUTE_INVALID,
                () -> gated.bundles.deploy(TestBundles.of("1.0.0", "fhir:one").unsigned(), BY));
        assertThat(gated.bundles.all()).isEmpty();
        assertThat(gated.context.getRoutes()).isEmpty();
        assertThat(gated.bundles.releases(TestBundles.ID)).isEmpty();
    }

    @Test
    void a_roll_back_brings_the_release_before_back_and_ends_where_nothing_was_before() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        assertRefused(DeployError.NOTHING_BEFORE, () -> node.bundles.rollBack(TestBundles.ID, BY));
        deploy(TestBundles.of("1.1.0", "fhir:two"));
        deploy(TestBundles.of("1.2.0", "fhir:bad"));

        assertThat(node.bundles.rollBack(TestBundles.ID, BY).stable().version()).isEqualTo("1.1.0");
        assertThat(node.bundles.rollBack(TestBundles.ID, BY).stable().version()).isEqualTo("1.0.0");
        node.send(7, "P1");
        assertThat(node.takenBy("fhir:one")).containsExactly("P1");
        assertRefused(DeployError.NOTHING_BEFORE, () -> node.bundles.rollBack(TestBundles.ID, BY));
    }

    @Test
    void who_decides_on_what_is_not_so_any_more_is_refused() {
        long seen = deploy(TestBundles.of("1.0.0", "fhir:one")).generation();
        deploy(TestBundles.of("1.1.0", "fhir:two"));
        assertRefused(DeployError.GENERATION_CHANGED, () -> node.bundles.stop(TestBundles.ID, new Order("late", seen)));
        assertRefused(BundleError.BUNDLE_UNKNOWN, () -> node.bundles.stop("nobody", BY));
        assertRefused(DeployError.DECISION_NOT_POSSIBLE, () -> node.bundles.promote(TestBundles.ID, BY));
    }

    @Test
    void a_stopped_bundle_keeps_its_subscriptions_and_a_retired_one_does_not() {
        deploy(TestBundles.of("1.0.0", "fhir:one").delivering(1));
        String destination = TestBundles.ID + ".deliver";
        assertThat(node.canonical.subscriptions).anyMatch(each -> each.startsWith(destination + " "));

        node.bundles.stop(TestBundles.ID, BY);
        assertThat(node.context.getRoutes())
                .noneMatch(route -> route.getId().startsWith(TestBundles.ID)
                        && !route.getId().contains("@"));
        assertThat(node.subscriptions.destinationsFor("patient-administration", "hl7v2:message"))
                .containsExactly(destination);

        node.bundles.start(TestBundles.ID, BY);
        node.send(7, "P1");
        assertThat(node.takenBy("fhir:one")).containsExactly("P1");

        node.bundles.retire(TestBundles.ID, BY);
        assertThat(node.subscriptions.destinationsFor("patient-administration", "hl7v2:message"))
                .isEmpty();
        assertThat(found().nodes()).allMatch(each -> each.condition() == RunCondition.STOPPED);
    }

    @Test
    void what_a_bundle_delivers_waits_for_it_while_a_setting_is_missing() throws Exception {
        TestBundles needy = TestBundles.of("1.0.0", "fhir:one").delivering(1).withoutDefault();
        BundleNode told = new BundleNode(
                database.dataSource(), "told", BundleNode.rules((bundle, key) -> Optional.of("77"), null));
        nodes.add(told);
        told.bundles.start(folder);
        told.bundles.deploy(needy.unsigned(), BY);

        BundleNode untold = node("untold");
        assertThat(untold.bundles.notRunning().get(TestBundles.ID))
                .extracting(Issue::code)
                .containsExactly(BundleError.SETTING_MISSING);
        assertThat(untold.subscriptions.destinationsFor("patient-administration", "hl7v2:message"))
                .containsExactly(TestBundles.ID + ".deliver");
    }

    @Test
    void every_node_follows_and_proves_the_digest_it_runs() throws Exception {
        BundleNode other = node("n2");
        TestBundles one = TestBundles.of("1.0.0", "fhir:one");
        deploy(one);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(found().nodes())
                .extracting(RouteBundle.Node::node, RouteBundle.Node::stable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("n1", one.digest()),
                        org.assertj.core.groups.Tuple.tuple("n2", one.digest())));
        other.send(7, "P1");
        assertThat(other.takenBy("fhir:one")).containsExactly("P1");

        other.bundles.deploy(TestBundles.of("1.1.0", "fhir:two").unsigned(), BY);
        await().atMost(LIMIT).until(() -> {
            node.send(7, "P2");
            return !node.takenBy("fhir:two").isEmpty();
        });
    }

    @Test
    void a_restart_comes_up_with_what_was_deployed_whatever_the_folder_has() throws Exception {
        write(TestBundles.of("1.0.0", "fhir:one"));
        BundleNode seeded = node("n2");
        assertThat(seeded.bundles.ledger(TestBundles.ID, 1))
                .extracting(RouteBundle.Decided::decision)
                .containsExactly(BundleDecision.SEED);
        seeded.bundles.deploy(TestBundles.of("1.1.0", "fhir:two").unsigned(), BY);

        BundleNode restarted = node("n3");
        restarted.send(7, "P1");
        assertThat(restarted.takenBy("fhir:two")).as("not what the folder has").containsExactly("P1");

        write(TestBundles.of("1.2.0", "fhir:one"));
        BundleNode developed = node("n4");
        assertThat(developed.bundles.find(TestBundles.ID).orElseThrow().stable().version())
                .as("a changed folder is deployed anew in development mode")
                .isEqualTo("1.2.0");
    }

    private void write(TestBundles bundle) throws IOException {
        Path place = Files.createDirectories(folder.resolve(TestBundles.ID));
        for (Map.Entry<String, String> file : bundle.files().entrySet()) {
            Files.writeString(place.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void in_production_a_bundle_is_signed_and_a_version_is_final() throws Exception {
        DeployRules strict = new DeployRules(
                BundleMode.PRODUCTION,
                BundleOverrides.NONE,
                Optional.empty(),
                BundleMappings.NONE,
                Optional.of(TrustedAuthors.load(folder.resolve("authors"))),
                BundleNode.KEY);
        write(TestBundles.of("1.0.0", "fhir:one"));
        BundleNode production = new BundleNode(database.dataSource(), "production", strict);
        nodes.add(production);
        production.bundles.start(folder);

        assertThat(production.bundles.notSeeded().get(TestBundles.ID))
                .extracting(Issue::code)
                .containsExactly(BundleError.SIGNATURE_MISSING);
        assertRefused(
                BundleError.SIGNATURE_MISSING,
                () -> production.bundles.deploy(
                        TestBundles.of("1.0.0", "fhir:one").unsigned(), BY));
        assertThat(production.bundles.all()).isEmpty();
    }

    @Test
    void a_canary_takes_its_share_until_it_is_promoted() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        node.bundles.canary(TestBundles.of("1.1.0", "fhir:two").unsigned(), CanaryRule.ofPercent(30), BY);
        assertRefused(DeployError.DECISION_NOT_POSSIBLE, () -> deploy(TestBundles.of("1.2.0", "fhir:one")));
        for (int i = 0; i < 200; i++) {
            node.send(7, "P" + i % 50);
        }
        assertThat(node.takenBy("fhir:two")).isNotEmpty().doesNotContainAnyElementsOf(node.takenBy("fhir:one"));
        assertThat(found().canary().figures().get(TestBundles.RECEIVE).messages())
                .isEqualTo(node.takenBy("fhir:two").size());

        node.bundles.promote(TestBundles.ID, BY);
        int before = node.takenBy("fhir:one").size();
        for (int i = 0; i < 50; i++) {
            node.send(7, "P" + i);
        }
        assertThat(node.takenBy("fhir:one")).hasSize(before);
        assertThat(found().stable().version()).isEqualTo("1.1.0");
    }

    @Test
    void a_canary_that_breaks_its_bound_is_rolled_back_and_the_ledger_has_the_figures() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        TestBundles bad = TestBundles.of("1.1.0", "fhir:bad")
                .manifest("\"canary\":{\"maxErrorRate\":0.1,\"maxLatency\":\"PT5S\",\"minMessages\":5}");
        node.bundles.canary(bad.unsigned(), new CanaryRule(List.of(), List.of("ADT^A01"), 0), BY);
        for (int i = 0; i < 5; i++) {
            assertThat(node.send(7, "P" + i).getException()).isNull();
        }
        await().atMost(LIMIT).until(() -> found().state() == BundleState.RUNNING);
        assertThat(found().stable().version()).isEqualTo("1.0.0");
        assertThat(node.bundles.ledger(TestBundles.ID, 1)).singleElement().satisfies(decided -> {
            assertThat(decided.decision()).isEqualTo(BundleDecision.ROLL_BACK_BY_BOUND);
            assertThat(decided.by()).isEqualTo("platform");
            assertThat(decided.figures())
                    .containsEntry("canary.messages", "5")
                    .containsEntry("canary.errors", "5")
                    .containsEntry("broken", "maxErrorRate");
        });
        node.send(7, "P9");
        assertThat(node.takenBy("fhir:one")).containsExactly("P9");
    }

    @Test
    void a_canary_with_another_source_is_refused() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        assertRefused(
                DeployError.CANARY_DIFFERS,
                () -> node.bundles.canary(
                        TestBundles.of("1.1.0", "fhir:two").onPort(8).unsigned(), CanaryRule.ofPercent(5), BY));
        assertThat(found().state()).isEqualTo(BundleState.RUNNING);
        await().atMost(LIMIT).until(() -> node.context.getRoutes().stream()
                .noneMatch(route -> route.getId().contains("@1.1.0")));
    }

    @Test
    void a_failing_step_is_refused_and_a_stop_ends_the_authors_steps_only() {
        deploy(TestBundles.of("1.0.0", "fhir:bad"));
        Exchange refused = node.send(7, "P1");
        assertThat(refused.getException()).isNull();
        assertThat(node.journal.calls).containsExactly("accept" + TestBundles.RECEIVE, "refuse");
        assertThat(node.canonical.calls).isEmpty();

        node.journal.calls.clear();
        deploy(TestBundles.of("1.1.0", "fhir:one").replacing("- to:", "- stop: {}\n        - to:"));
        node.send(7, "P1");
        assertThat(node.journal.calls).containsExactly("accept" + TestBundles.RECEIVE, "settle");
        assertThat(node.canonical.calls).isEmpty();
    }
}
