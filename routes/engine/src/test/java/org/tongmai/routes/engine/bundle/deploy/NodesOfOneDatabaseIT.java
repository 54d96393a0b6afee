package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.routes.engine.journal.TestDatabase;

/** Nodes come and go on one database. */
class NodesOfOneDatabaseIT {
    private static final Order BY = Order.by("engineer");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<BundleNode> nodes = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase();
    }

    @AfterEach
    void close() {
        nodes.forEach(BundleNode::close);
        database.close();
    }

    private BundleNode node(String name, BundleMappings mappings) throws Exception {
        BundleNode node =
                new BundleNode(database.dataSource(), name, BundleNode.rules(BundleOverrides.NONE, null, mappings));
        nodes.add(node);
        return node;
    }

    private BundleNode started(String name) throws Exception {
        BundleNode node = node(name, BundleMappings.NONE);
        node.bundles.start(folder);
        return node;
    }

    private void write(TestBundles bundle) throws IOException {
        write(TestBundles.ID, bundle);
    }

    private void write(String id, TestBundles bundle) throws IOException {
        Path place = Files.createDirectories(folder.resolve(id));
        for (Map.Entry<String, String> file : bundle.files().entrySet()) {
            Files.writeString(place.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void two_that_start_on_a_fresh_database_at_once_both_run_what_one_of_them_deployed() throws Exception {
        write(TestBundles.of("1.0.0", "fhir:one"));
        CyclicBarrier both = new CyclicBarrier(2);
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (String name : List.of("n1", "n2")) {
            BundleNode node = node(name, together(both));
            starts.add(CompletableFuture.runAsync(() -> node.bundles.start(folder)));
        }
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        for (BundleNode node : nodes) {
            assertThat(node.bundles.notSeeded()).isEmpty();
            assertThat(node.bundles.notRunning()).isEmpty();
            node.send(7, "P1");
            assertThat(node.takenBy("fhir:one")).containsExactly("P1");
        }
        assertThat(nodes.get(0).bundles.ledger(TestBundles.ID, 10))
                .extracting(RouteBundle.Decided::decision)
                .containsExactly(BundleDecision.SEED);
    }

    /** Nobody has written before both have looked. */
    private static BundleMappings together(CyclicBarrier both) {
        AtomicBoolean first = new AtomicBoolean(true);
        return (archive, tenantOverlay) -> {
            try {
                if (first.getAndSet(false)) {
                    both.await(30, TimeUnit.SECONDS);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        };
    }

    @Test
    void a_bundle_over_which_a_node_fails_in_a_way_nobody_foresaw_is_that_nodes_failure_and_the_others_are_followed()
            throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        BundleNode healthy = started("n1");
        BundleNode ill = node("n2", (archive, tenantOverlay) -> {
            if (archive.id().equals("a-feed") && fails.get()) {
                throw new IllegalStateException("王小明");
            }
            return Optional.empty();
        });
        ill.bundles.start(folder);
        healthy.bundles.deploy(
                TestBundles.of("a-feed", "1.0.0", "fhir:one").onPort(8).unsigned(), BY);
        healthy.bundles.deploy(TestBundles.of("1.0.0", "fhir:two").unsigned(), BY);

        await("what comes behind it is followed").atMost(LIMIT).until(() -> runs(healthy, TestBundles.ID, "n2"));
        assertThat(said(healthy, "a-feed", "n2")).satisfies(said -> {
            assertThat(said.condition()).isEqualTo(RunCondition.FAILED);
            assertThat(said.issues())
                    .singleElement()
                    .asString()
                    .contains("TM-BUNDLE-0034", "IllegalStateException at ", "NodesOfOneDatabaseIT")
                    .doesNotContain("王小明");
        });
        assertThat(ill.bundles.notRunning()).containsOnlyKeys("a-feed");

        BundleNode restarted = node("n3", (archive, tenantOverlay) -> {
            throw new IllegalStateException("scripted");
        });
        write(TestBundles.of("1.0.0", "fhir:one"));
        write("folder-feed", TestBundles.of("folder-feed", "1.0.0", "fhir:one").onPort(9));
        restarted.bundles.start(folder);
        assertThat(restarted.bundles.notRunning()).containsOnlyKeys("a-feed", TestBundles.ID);
        assertThat(restarted.bundles.notSeeded()).containsOnlyKeys("folder-feed", TestBundles.ID);

        fails.set(false);
        await("it is tried again").atMost(LIMIT).until(() -> runs(healthy, "a-feed", "n2"));
        assertThat(ill.bundles.notRunning()).isEmpty();
    }

    private static boolean runs(BundleNode asked, String instance, String node) {
        RouteBundle.Node said = said(asked, instance, node);
        return said != null && said.condition() == RunCondition.RUNNING;
    }

    private static RouteBundle.Node said(BundleNode asked, String instance, String node) {
        return asked.bundles.find(instance).orElseThrow().nodes().stream()
                .filter(each -> each.node().equals(node))
                .findFirst()
                .orElse(null);
    }

    @Test
    void nodes_that_are_gone_and_instances_long_retired_are_forgotten_and_do_not_come_back_by_themselves()
            throws Exception {
        write(TestBundles.of("1.0.0", "fhir:one"));
        BundleNode gone = started("gone");
        gone.bundles.deploy(
                TestBundles.of("other", "1.0.0", "fhir:one").onPort(8).unsigned(), BY);
        gone.bundles.retire(TestBundles.ID, BY);
        gone.close();
        nodes.clear();
        database.execute("update bundle_node set at = now() - interval '25 hours'");
        database.execute("update bundle_ledger set at = now() - interval '91 days'");

        write(TestBundles.of("1.1.0", "fhir:two"));
        BundleNode node = started("n1");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(node.bundles.all())
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.id()).isEqualTo("other");
                    assertThat(left.nodes()).extracting(RouteBundle.Node::node).containsExactly("n1");
                }));

        BundleNode restarted = started("n2");
        assertThat(restarted.bundles.find(TestBundles.ID))
                .as("a new version in the folder wakes nothing that was retired")
                .isEmpty();
        RouteBundle again = restarted
                .bundles
                .deploy(TestBundles.of("1.1.0", "fhir:two").unsigned(), BY)
                .get(0);
        assertThat(again.generation()).as("goes on where it ended").isEqualTo(3);
        assertThat(restarted.bundles.ledger(TestBundles.ID, 10)).hasSize(3);
    }
}
