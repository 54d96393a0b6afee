package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.Thread.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.DeployGate;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.Tenants.Limits;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** One bundle for many districts, each with settings, secrets and limits of its own. */
class TenantsIT {
    private static final int DISTRICTS = 16;
    private static final Order BY = Order.by("engineer");

    @TempDir
    private Path folder;

    private TestDatabase database;
    private BundleNode node;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        node = BundleNode.start(database.dataSource(), "n1", folder);
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private static TestBundles forEach(String version, String type) {
        return TestBundles.of(version, type).manifest("\"tenants\":\"each\"");
    }

    private Tenants.Tenant put(String name, int port, Limits limits) {
        return node.bundles
                .tenants()
                .put(
                        name,
                        new Tenants.Change(
                                name,
                                Map.of("a.port", "" + port),
                                Map.of("password", "秘密-" + name, "a.code", "秘密-" + name),
                                limits,
                                null),
                        "engineer");
    }

    @Test
    void one_bundle_serves_sixteen_districts() {
        for (int i = 1; i <= DISTRICTS; i++) {
            put("district-" + i, 100 + i, null);
        }
        assertThat(node.bundles.deploy(forEach("1.0.0", "fhir:one").unsigned(), BY))
                .hasSize(DISTRICTS)
                .allSatisfy(instance ->
                        assertThat(instance.nodes().get(0).condition()).isEqualTo(RunCondition.RUNNING));
        for (int i = 1; i <= DISTRICTS; i++) {
            node.send(100 + i, "P" + i);
        }
        assertThat(node.takenBy("fhir:one")).hasSize(DISTRICTS);
        assertThat(node.journal.calls)
                .contains("accept" + TestBundles.ID + ".district-1.receive")
                .contains("accept" + TestBundles.ID + ".district-16.receive");
        node.bundles.deploy(forEach("1.1.0", "fhir:two").unsigned(), BY);
        node.bundles.rollBack(TestBundles.ID + ".district-3", BY);
        node.send(103, "P");
        node.send(104, "P");
        assertThat(node.takenBy("fhir:one")).hasSize(DISTRICTS + 1);
        assertThat(node.takenBy("fhir:two")).hasSize(1);
    }

    @Test
    void a_changed_tenant_runs_anew_with_its_settings_and_its_neighbour_does_not_notice() {
        put("district-1", 101, null);
        put("district-2", 102, null);
        node.bundles.deploy(forEach("1.0.0", "fhir:one").unsigned(), BY);
        Object neighbour = node.context.getRoute(TestBundles.ID + ".district-2.receive");
        put("district-1", 201, null);
        node.send(201, "P1");
        node.send(102, "P2");
        assertThat(node.takenBy("fhir:one")).containsExactly("P1", "P2");
        assertThat(node.context.getRoute(TestBundles.ID + ".district-2.receive"))
                .isSameAs(neighbour);
        RouteBundle.Decided last =
                node.bundles.ledger(TestBundles.ID + ".district-1", 1).get(0);
        assertThat(last.decision()).isEqualTo(BundleDecision.CHANGE_TENANT);

        assertThatThrownBy(() -> put("district-1", 102, null))
                .as("its neighbour's port")
                .isInstanceOf(CodedException.class);
        node.send(201, "P3");
        assertThat(node.takenBy("fhir:one")).containsExactly("P1", "P2", "P3");
        assertThat(node.bundles.tenants().find("district-1").orElseThrow().settings())
                .containsEntry("a.port", "201");
    }

    @Test
    void secrets_are_sealed_and_never_shown() {
        Tenants.Tenant shown = put("district-1", 101, null);
        assertThat(shown.secrets()).containsExactlyInAnyOrder("password", "a.code");
        assertThat(shown.toString()).doesNotContain("秘密");
        assertThat(database.number(
                        "select count(*) from bundle_tenant where position(convert_to('秘密', 'UTF8') in secrets) > 0"))
                .isZero();
        Tenants.Change remove = new Tenants.Change(null, null, Map.of("password", "", "a.code", ""), null, null);
        assertThat(node.bundles.tenants().put("district-1", remove, "engineer").secrets())
                .isEmpty();
    }

    @Test
    void a_secret_among_the_settings_that_are_shown_is_refused_and_not_quoted() {
        String clear = "秘密-in-the-wrong-place";
        assertThatThrownBy(() -> settings(Map.of("a.port", "101", "sftp.password", clear)))
                .hasMessageContaining("TM-DEPLOY-0009")
                .hasMessageContaining("sftp.password")
                .hasMessageNotContaining(clear);
        assertThatThrownBy(() -> settings(Map.of("a.port", "101", "districtPassword", "a b!")))
                .hasMessageContaining("TM-DEPLOY-0009");

        put("district-1", 101, null);
        node.bundles.deploy(forEach("1.0.0", "fhir:one").withPassword("a.code").unsigned(), BY);
        assertThatThrownBy(() -> settings(Map.of("a.port", "101", "a.code", clear)))
                .hasMessageContaining("TM-BUNDLE-0004")
                .hasMessageContaining("a.code")
                .hasMessageNotContaining(clear);
        assertThat(database.number("select count(*) from bundle_tenant where settings like '%秘密%'"))
                .isZero();
    }

    private void settings(Map<String, String> settings) {
        node.bundles.tenants().put("district-1", new Tenants.Change(null, settings, null, null, null), "engineer");
    }

    @Test
    void more_messages_than_a_tenant_may_send_are_refused_for_now() {
        put("district-1", 101, new Limits(5, 0));
        node.bundles.deploy(forEach("1.0.0", "fhir:one").unsigned(), BY);
        for (int i = 0; i < 50; i++) {
            node.send(101, "P");
        }
        assertThat(node.takenBy("fhir:one").size()).isBetween(5, 40);
        assertThat(node.journal.calls).contains("refuse");
    }

    @Test
    void no_more_deliveries_of_a_tenant_are_under_way_at_once_than_it_may_have() throws Exception {
        put("district-1", 101, new Limits(0, 2));
        node.bundles.deploy(forEach("1.0.0", "fhir:one").delivering(6).hanging().unsigned(), BY);
        Processor destination = node.canonical.destinations.get(TestBundles.ID + ".district-1.deliver");
        List<Thread> lanes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lanes.add(new Thread(() -> deliver(destination)));
        }
        lanes.forEach(Thread::start);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.hanging.get() >= 2
                        && lanes.stream()
                                .map(Thread::getState)
                                .allMatch(state -> state == State.WAITING || state == State.TIMED_WAITING));
        node.letGo.countDown();
        for (Thread lane : lanes) {
            lane.join(30_000);
        }
        assertThat(node.mostHanging).hasValue(2);
        assertThat(node.context
                        .getEndpoint("mock:hl7-mllp-sink", MockEndpoint.class)
                        .getReceivedCounter())
                .isEqualTo(6);
    }

    private void deliver(Processor destination) {
        try {
            destination.process(new DefaultExchange(node.context));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void golden_tests_run_with_the_rows_of_each_tenant_and_a_tenants_rows_that_fail_them_change_nothing()
            throws Exception {
        List<Set<String>> tested = new CopyOnWriteArrayList<>();
        BundleNode gated = new BundleNode(
                database.dataSource(), "gated", BundleNode.rules(BundleOverrides.NONE, (candidate, settings) -> {
                    tested.add(settings.overlay().keySet());
                    boolean fails = settings.overlay().containsKey("bad.map.yaml");
                    Issue failure = Issue.of(BundleError.ROUTE_INVALID, "test/admit.hl7", "scripted");
                    return new GateReport(1, fails ? List.of(failure) : List.of(), Map.of());
                }));
        try (gated) {
            Tenants tenants = gated.bundles.tenants();
            for (int i = 1; i <= DISTRICTS; i++) {
                Map<String, String> rows = i > 2 ? Map.of() : Map.of("ward.map.yaml", "rows of " + i);
                tenants.put("district-" + i, change(100 + i, rows), "engineer");
            }
            assertThat(gated.bundles.deploy(forEach("1.0.0", "fhir:one").unsigned(), BY))
                    .hasSize(DISTRICTS);
            assertThat(tested)
                    .as("once without rows, once with those of each of two")
                    .containsExactlyInAnyOrder(Set.of(), Set.of("ward.map.yaml"), Set.of("ward.map.yaml"));

            assertThatThrownBy(() -> tenants.put("district-3", change(103, Map.of("bad.map.yaml", "rows")), "engineer"))
                    .hasMessageContaining("district-3")
                    .hasMessageContaining("test/admit.hl7");
            assertThat(tenants.find("district-3").orElseThrow().overlay()).isEmpty();
        }
    }

    @Test
    void a_deployment_and_a_change_of_its_tenant_that_were_tested_at_once_do_not_both_come_to_run() throws Exception {
        TestedLater gate = new TestedLater();
        BundleNode gated = new BundleNode(database.dataSource(), "gated", BundleNode.rules(BundleOverrides.NONE, gate));
        try (gated) {
            Tenants tenants = gated.bundles.tenants();
            String instance = TestBundles.ID + ".district-1";
            tenants.put("district-1", change(101, Map.of()), "engineer");
            gated.bundles.deploy(forEach("1.0.0", "fhir:one").unsigned(), BY);

            CompletableFuture<?> deployed = gate.holding(
                    () -> gated.bundles.deploy(forEach("1.1.0", "fhir:two").unsigned(), BY));
            tenants.put("district-1", change(101, Map.of("ward.map.yaml", "rows")), "engineer");
            gate.refused(deployed);
            assertThat(gated.bundles.find(instance).orElseThrow().stable().version())
                    .isEqualTo("1.0.0");

            CompletableFuture<?> changed = gate.holding(
                    () -> tenants.put("district-1", change(103, Map.of("other.map.yaml", "rows")), "engineer"));
            gated.bundles.deploy(forEach("1.1.0", "fhir:two").unsigned(), BY);
            Object listener = gated.context.getRoute(instance + ".receive");
            gate.refused(changed);
            assertThat(gated.context.getRoute(instance + ".receive"))
                    .as("refused before the port of what was tested is opened")
                    .isSameAs(listener);

            changed = gate.holding(
                    () -> tenants.put("district-1", change(101, Map.of("other.map.yaml", "rows")), "engineer"));
            gated.bundles.deploy(
                    TestBundles.of("first-here", "1.0.0", "fhir:one")
                            .manifest("\"tenants\":\"each\"")
                            .replacing("{{a.port}}", "102")
                            .unsigned(),
                    BY);
            gate.refused(changed);
            assertThat(tenants.find("district-1").orElseThrow().overlay()).containsExactly("ward.map.yaml");
            gated.send(101, "P1");
            assertThat(gated.takenBy("fhir:two")).containsExactly("P1");
        }
    }

    /** Golden tests that pass; of one order they end when the test says so. */
    private static final class TestedLater implements DeployGate {
        private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>();
        private CompletableFuture<Void> end;

        @Override
        public GateReport test(BundleArchive candidate, BundleOverrides settings) {
            CompletableFuture<Void> held = next.getAndSet(null);
            if (held != null) {
                held.join();
            }
            return new GateReport(1, List.of(), Map.of());
        }

        /** Returns when its tests have begun. */
        CompletableFuture<?> holding(Runnable order) {
            end = new CompletableFuture<>();
            next.set(end);
            CompletableFuture<?> ordered = CompletableFuture.runAsync(order);
            await().atMost(Duration.ofSeconds(30)).until(() -> next.get() == null);
            return ordered;
        }

        void refused(CompletableFuture<?> ordered) {
            end.complete(null);
            assertThatThrownBy(() -> ordered.get(30, TimeUnit.SECONDS)).hasMessageContaining("TM-DEPLOY-0002");
        }
    }

    private static Tenants.Change change(int port, Map<String, String> rows) {
        return new Tenants.Change(null, Map.of("a.port", "" + port), null, null, rows);
    }

    @Test
    void a_name_or_a_limit_that_is_none_is_refused() {
        assertThatThrownBy(() -> put("District One", 101, null)).hasMessageContaining("TM-DEPLOY-0009");
        assertThatThrownBy(() -> put("district-1", 101, new Limits(-1, 0))).hasMessageContaining("TM-DEPLOY-0009");
    }
}
