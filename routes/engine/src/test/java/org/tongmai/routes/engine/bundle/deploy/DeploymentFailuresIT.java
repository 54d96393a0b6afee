package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** What fails at the worst moment: between two sources, behind the commit, with the database gone. */
class DeploymentFailuresIT {
    private static final Order BY = Order.by("engineer");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String DELIVER = TestBundles.ID + ".deliver";
    private static final String TOPIC = "patient-administration";
    private static final String FORMAT = "hl7v2:message";
    private static final CanaryRule EVERYTHING = new CanaryRule(List.of(), List.of("ADT^A01"), 0);

    @TempDir
    private Path folder;

    /** The next plan that is made fails: a stand-in for whatever fails behind the commit. */
    private TestDatabase database;

    private CutDataSource cut;
    private BundleNode node;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        cut = new CutDataSource(database.dataSource());
        node = new BundleNode(cut.dataSource(), "n1", BundleNode.rules(BundleOverrides.NONE, null));
        node.bundles.start(folder);
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private RouteBundle deploy(TestBundles bundle) {
        return node.bundles.deploy(bundle.unsigned(), BY).get(0);
    }

    private RouteBundle found(String instance) {
        return node.bundles.find(instance).orElseThrow();
    }

    private RouteBundle found() {
        return found(TestBundles.ID);
    }

    private RouteBundle.Decided last(String instance) {
        return node.bundles.ledger(instance, 1).get(0);
    }

    private void taken(int port, String patient, String by) {
        assertThat(node.send(port, patient).getException()).isNull();
        assertThat(node.takenBy(by)).contains(patient);
    }

    /** A fault that comes with the next commit, once. */
    private void withTheNextCommit(Runnable fault) {
        cut.afterCommit = () -> {
            cut.afterCommit = () -> {};
            fault.run();
        };
    }

    @Test
    void nothing_is_queued_for_a_destination_that_the_next_version_does_not_have() {
        deploy(TestBundles.of("1.0.0", "fhir:one").delivering(1));
        deploy(TestBundles.of("1.1.0", "fhir:one"));
        awaitNothingQueued();

        deploy(TestBundles.of("1.2.0", "fhir:one").delivering(1));
        assertThat(node.subscriptions.destinationsFor(TOPIC, FORMAT)).containsExactly(DELIVER);
        node.bundles.stop(TestBundles.ID, BY);
        deploy(TestBundles.of("1.3.0", "fhir:one"));
        awaitNothingQueued();
    }

    /** Which is when the version before has emptied. */
    private void awaitNothingQueued() {
        await().atMost(LIMIT)
                .until(() -> node.subscriptions.destinationsFor(TOPIC, FORMAT).isEmpty());
    }

    @Test
    void what_a_version_that_is_still_busy_wished_is_queued_until_it_has_emptied_whatever_is_decided_meanwhile()
            throws Exception {
        deploy(TestBundles.of("1.0.0", "fhir:hang").delivering(1));
        Thread sender = new Thread(() -> node.send(7, "P1"));
        sender.start();
        await().atMost(LIMIT).until(() -> node.hanging.get() == 1);
        deploy(TestBundles.of("1.1.0", "fhir:one"));
        node.bundles.canary(TestBundles.of("1.2.0", "fhir:two").unsigned(), EVERYTHING, BY);
        assertThat(node.subscriptions.destinationsFor(TOPIC, FORMAT))
                .as("the message in it is not published yet")
                .containsExactly(DELIVER);
        node.bundles.stop(TestBundles.ID, BY);
        assertThat(node.subscriptions.destinationsFor(TOPIC, FORMAT)).containsExactly(DELIVER);

        node.letGo.countDown();
        sender.join(LIMIT.toMillis());
        awaitNothingQueued();
    }

    @Test
    void a_version_whose_destination_does_not_open_takes_no_message_and_what_it_wanted_is_not_queued() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        node.canonical.broken.add(DELIVER);
        assertThatThrownBy(() -> deploy(TestBundles.of("1.1.0", "fhir:two").delivering(1)))
                .hasMessageContaining("TM-BUNDLE-0013");

        assertThat(node.takenBy("fhir:two")).isEmpty();
        taken(7, "P1", "fhir:one");
        awaitNothingQueued();
        assertThat(found().stable().version()).isEqualTo("1.0.0");
        assertThat(last(TestBundles.ID).decision()).isEqualTo(BundleDecision.ROLL_BACK);
        assertThat(last(TestBundles.ID).by()).isEqualTo("platform");
        assertThat(found().nodes().get(0).condition()).isEqualTo(RunCondition.RUNNING);
    }

    @Test
    void a_stopped_bundle_whose_next_version_fails_is_stopped_with_the_version_it_had() {
        TestBundles one = TestBundles.of("1.0.0", "fhir:one");
        deploy(one);
        node.bundles.stop(TestBundles.ID, BY);
        node.canonical.broken.add(DELIVER);
        assertThatThrownBy(() -> deploy(TestBundles.of("1.1.0", "fhir:two").delivering(1)))
                .isInstanceOf(CodedException.class);
        assertThat(found().state()).isEqualTo(BundleState.STOPPED);
        assertThat(found().stable().digest()).isEqualTo(one.digest());
        awaitNothingQueued();

        node.bundles.retire(TestBundles.ID, BY);
        assertThatThrownBy(() -> deploy(TestBundles.of("1.1.0", "fhir:two").delivering(1)))
                .isInstanceOf(CodedException.class);
        assertThat(found().state()).isEqualTo(BundleState.RETIRED);
    }

    @Test
    void a_failed_listener_says_its_port_and_why() {
        node.bundles.deploy(
                TestBundles.of("neighbour", "1.0.0", "fhir:one").onPort(9).unsigned(), BY);
        assertThatThrownBy(() -> deploy(TestBundles.of("1.0.0", "fhir:one").onPort(9)))
                .hasMessageContaining("TM-BUNDLE-0013")
                .hasMessageContaining("port 9: ")
                .hasMessageContaining("Exception");
    }

    @Test
    void a_listener_that_is_lost_to_an_aborted_deployment_is_told_of_and_comes_back_by_itself() throws Exception {
        deploy(TestBundles.of("1.0.0", "fhir:one").delivering(1));
        node.bundles.deploy(
                TestBundles.of("neighbour", "1.0.0", "fhir:one").onPort(8).unsigned(), BY);
        takePort7WhenItIsFree();
        assertThatThrownBy(() ->
                        deploy(TestBundles.of("1.1.0", "fhir:two").delivering(1).onPort(8)))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.issues())
                        .extracting(Issue::detail)
                        .anyMatch(detail -> detail.startsWith("port 8: "))
                        .anyMatch(detail -> detail.startsWith("port 7: ")));

        assertThat(node.bundles.notRunning().get(TestBundles.ID))
                .extracting(Issue::detail)
                .allMatch(detail -> detail.startsWith("port 7: "));
        await().atMost(LIMIT).untilAsserted(() -> {
            RouteBundle.Node said = found().nodes().get(0);
            assertThat(said.condition()).isEqualTo(RunCondition.FAILED);
            assertThat(said.generation()).isEqualTo(1);
        });
        assertThat(node.subscriptions.destinationsFor(TOPIC, FORMAT)).containsExactly(DELIVER);

        node.context.getRouteController().stopRoute("thief");
        node.context.removeRoute("thief");
        await().atMost(LIMIT).until(() -> found().nodes().get(0).condition() == RunCondition.RUNNING);
        taken(7, "P1", "fhir:one");
        assertThat(node.bundles.notRunning()).isEmpty();
    }

    private void takePort7WhenItIsFree() {
        AtomicBoolean taken = new AtomicBoolean();
        node.context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onRoutesRemove(Collection<Route> routes) {
                boolean listener = routes.stream()
                        .anyMatch(route -> route.getId().equals(TestBundles.RECEIVE + ".hl7-mllp-source"));
                if (listener && taken.compareAndSet(false, true)) {
                    try {
                        node.context.addRoutes(new RouteBuilder() {
                            @Override
                            public void configure() {
                                from("direct:mllp-7").routeId("thief").stop();
                            }
                        });
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        });
    }

    @Test
    void a_tenants_change_that_fails_behind_the_commit_is_taken_back_with_the_tenant() {
        put("district-1", 101);
        put("district-2", 102);
        node.bundles.deploy(
                TestBundles.of("1.0.0", "fhir:one")
                        .manifest("\"tenants\":\"each\"")
                        .delivering("{{a.port}}")
                        .unsigned(),
                BY);
        String instance = TestBundles.ID + ".district-1";
        node.canonical.brokenOnce.add(instance + ".deliver");
        assertThatThrownBy(() -> put("district-1", 201)).hasMessageContaining("TM-BUNDLE-0013");

        assertThat(node.bundles.tenants().find("district-1").orElseThrow().settings())
                .containsEntry("a.port", "101");
        assertThat(found(instance).state()).isEqualTo(BundleState.RUNNING);
        assertThat(last(instance).by()).isEqualTo("platform");
        assertThat(last(instance).decision()).isEqualTo(BundleDecision.CHANGE_TENANT);
        taken(101, "P1", "fhir:one");
        put("district-1", 301);
        taken(301, "P2", "fhir:one");
    }

    @Test
    void a_tenants_change_is_taken_back_though_another_node_brought_it_another_bundle_meanwhile() throws Exception {
        put("district-1", 101);
        node.bundles.deploy(each(TestBundles.ID).delivering("{{a.port}}").unsigned(), BY);
        try (BundleNode other = BundleNode.start(database.dataSource(), "n2", folder)) {
            node.canonical.brokenOnce.add(TestBundles.ID + ".district-1.deliver");
            withTheNextCommit(() -> other.bundles.deploy(
                    each("another").replacing("{{a.port}}", "102").unsigned(), BY));
            assertThatThrownBy(() -> put("district-1", 201)).hasMessageContaining("TM-BUNDLE-0013");

            assertThat(node.bundles.tenants().find("district-1").orElseThrow().settings())
                    .containsEntry("a.port", "101");
            assertThat(found("another.district-1").state()).isEqualTo(BundleState.RUNNING);
            taken(101, "P1", "fhir:one");
        }
    }

    private static TestBundles each(String id) {
        return TestBundles.of(id, "1.0.0", "fhir:one").manifest("\"tenants\":\"each\"");
    }

    @Test
    void what_nobody_has_foreseen_of_one_bundle_keeps_no_other_from_following() throws Exception {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        node.bundles.deploy(
                TestBundles.of("another", "1.0.0", "fhir:one").onPort(9).unsigned(), BY);
        try (BundleNode other = BundleNode.start(database.dataSource(), "n2", folder)) {
            cut.unforeseen = "insert into bundle_node";
            other.bundles.deploy(
                    TestBundles.of("another", "1.1.0", "fhir:two").onPort(9).unsigned(), BY);
            other.bundles.deploy(TestBundles.of("1.1.0", "fhir:two").unsigned(), BY);
            await().atMost(LIMIT).untilAsserted(() -> taken(9, "P1", "fhir:two"));
            await().atMost(LIMIT).untilAsserted(() -> taken(7, "P2", "fhir:two"));
            cut.unforeseen = "";
            await().atMost(LIMIT).until(() -> found().nodes().stream().allMatch(each -> each.generation() == 2));
        }
    }

    private void put(String name, int port) {
        Tenants.Change change = new Tenants.Change(name, Map.of("a.port", "" + port), null, null, null);
        node.bundles.tenants().put(name, change, "engineer");
    }

    @Test
    void a_decision_whose_end_the_database_did_not_see_is_followed_or_taken_back_when_it_is_there_again() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        withTheNextCommit(() -> cut.away = true);
        assertThatThrownBy(() -> deploy(TestBundles.of("1.1.0", "fhir:two"))).hasMessageContaining("TM-DEPLOY-0006");
        taken(7, "P1", "fhir:two"); // it was written, so it is followed; only nobody can be told
        cut.away = false;
        await().atMost(LIMIT).until(() -> found().nodes().get(0).generation() == 2);
        taken(7, "P2", "fhir:two");

        node.canonical.broken.add(DELIVER);
        withTheNextCommit(() -> cut.away = true);
        assertThatThrownBy(() -> deploy(TestBundles.of("1.2.0", "fhir:one").delivering(1)))
                .hasMessageContaining("TM-DEPLOY-0006");
        cut.away = false;
        await().atMost(LIMIT).until(() -> last(TestBundles.ID).decision() == BundleDecision.ROLL_BACK);
        await().atMost(LIMIT).until(() -> found().nodes().get(0).generation() == 4);
        assertThat(found().stable().version()).isEqualTo("1.1.0");
        taken(7, "P3", "fhir:two");
    }

    @Test
    void a_canary_whose_messages_hang_is_rolled_back_however_few_they_are() throws Exception {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        node.bundles.canary(bounded("1.1.0", "fhir:hang", 1_000), EVERYTHING, BY);
        Thread sender = new Thread(() -> node.send(7, "P1"));
        sender.start();
        rolledBackByLatency();
        assertThat(Long.parseLong(last(TestBundles.ID).figures().get("canary.oldestMillis")))
                .isGreaterThan(100);
        taken(7, "P2", "fhir:one");

        node.letGo.countDown();
        sender.join(LIMIT.toMillis());
        await().atMost(LIMIT).until(() -> node.context.getRoute(TestBundles.RECEIVE + "@1.1.0") == null);
        assertThat(node.takenBy("fhir:hang"))
                .as("it ended in the version it began in")
                .containsExactly("P1");
    }

    @Test
    void a_canary_that_is_slower_than_its_bound_is_rolled_back() {
        deploy(TestBundles.of("1.0.0", "fhir:one"));
        node.bundles.canary(bounded("1.1.0", "fhir:slow", 5), EVERYTHING, BY);
        for (int i = 0; i < 5; i++) {
            taken(7, "P" + i, "fhir:slow");
        }
        rolledBackByLatency();
        assertThat(last(TestBundles.ID).figures())
                .containsEntry("canary.messages", "5")
                .containsEntry("canary.errors", "0");
        taken(7, "P9", "fhir:one");
    }

    private static org.tongmai.routes.engine.bundle.archive.SignedArchive bounded(
            String version, String type, int minMessages) {
        return TestBundles.of(version, type)
                .manifest("\"canary\":{\"maxErrorRate\":0.5,\"maxLatency\":\"PT0.01S\",\"minMessages\":%d}"
                        .formatted(minMessages))
                .unsigned();
    }

    private void rolledBackByLatency() {
        await().atMost(LIMIT).until(() -> found().state() == BundleState.RUNNING);
        assertThat(last(TestBundles.ID).decision()).isEqualTo(BundleDecision.ROLL_BACK_BY_BOUND);
        assertThat(last(TestBundles.ID).figures()).containsEntry("broken", "maxLatency");
        await().atMost(LIMIT).until(() -> found().nodes().get(0).generation() == found().generation());
    }
}
