package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.delivery.DeliveryEngine;
import org.tongmai.routes.engine.delivery.DeliverySettings;
import org.tongmai.routes.engine.delivery.DeliverySetup;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.routes.engine.journal.EngineJournal;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.routes.engine.journal.TableStore;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.routes.engine.journal.TestNode;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Versions come and go under traffic through the real journal and the real queues: nothing lost, nothing twice, in order. */
class LiveTrafficIT {
    private static final Order BY = Order.by("engineer");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SENDERS = 3;
    private static final int PATIENTS_EACH = 8;
    private static final int WINDOW = 12;
    private static final int NEIGHBOURS_PORT = 8;

    @TempDir
    private Path folder;

    private final SubscriptionRegistry subscriptions = new SubscriptionRegistry();
    private final DefaultCamelContext context = new DefaultCamelContext();
    /** Control ids by the type they were transformed to, in the order of the steps. */
    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
    /** Control ids of each patient in the order of the steps, whatever the version. */
    private final Map<String, List<String>> takenOf = new ConcurrentHashMap<>();

    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private volatile boolean goldenTestsPass = true;
    private TestDatabase database;
    private EngineJournal journal;
    private DeliveryEngine deliveries;
    private BundleDeployments bundles;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        database.execute(TableStore.TABLE);
        NodeIdentity node = NodeIdentity.named("n1");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        journal = EngineJournal.start(
                new EngineJournal.Parts(database.dataSource(), new TableStore(), subscriptions, node, meters),
                TestNode.settings());
        deliveries = new DeliveryEngine(
                new DeliverySetup(database.dataSource(), null, subscriptions, node, meters),
                DeliverySettings.defaults());
        journal.addListener(deliveries);
        context.getRegistry().bind("journal", journal.service());
        context.getRegistry().bind("deliveries", deliveries);
        for (String type : List.of("fhir:one", "fhir:two", "fhir:bad")) {
            register(type);
        }
        context.start();
        bundles = BundleDeployments.open(
                new BundleDeployments.Parts(context, subscriptions, database.dataSource(), "n1"),
                BundleNode.rules(
                        BundleOverrides.NONE,
                        (candidate, settings) -> new GateReport(
                                1,
                                goldenTestsPass
                                        ? List.of()
                                        : List.of(Issue.of(BundleError.ROUTE_INVALID, "test/a.hl7", "scripted")),
                                Map.of())));
        bundles.start(folder);
        bundles.deploy(version("1.0.0", "fhir:one"), BY);
        bundles.deploy(
                TestBundles.of("neighbour", "1.0.0", "fhir:one")
                        .onPort(NEIGHBOURS_PORT)
                        .unsigned(),
                BY);
    }

    @AfterEach
    void stop() {
        bundles.close();
        deliveries.close();
        context.stop();
        journal.close();
        database.close();
    }

    private void register(String type) {
        Transformer transformer = new Transformer() {
            @Override
            public void transform(Message message, DataType from, DataType to) {
                Exchange exchange = message.getExchange();
                ReceivedMessage received = exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
                String controlId = received.keys().controlId();
                taken.computeIfAbsent(type, any -> new CopyOnWriteArrayList<>()).add(controlId);
                takenOf.computeIfAbsent(received.keys().patientId(), any -> new CopyOnWriteArrayList<>())
                        .add(controlId);
                if (type.equals("fhir:bad")) {
                    throw new CodedException(Issue.of(BundleError.ROUTE_INVALID, "", "scripted"));
                }
                TestNode.map(exchange);
            }
        };
        transformer.setName(type);
        context.getTransformerRegistry().put(TransformerKey.createFrom(transformer), transformer);
    }

    private static org.tongmai.routes.engine.bundle.archive.SignedArchive version(String version, String type) {
        return TestBundles.of(version, type)
                .delivering(4)
                .manifest("\"canary\":{\"maxErrorRate\":0.05,\"maxLatency\":\"PT30S\",\"minMessages\":20}")
                .unsigned();
    }

    /** Sends messages of its patients, several of each under way at once, until it is told to end. */
    private final class Sender extends Thread {
        private final String name;
        private final AsyncProducer feed;
        private final Semaphore window = new Semaphore(WINDOW);
        private volatile boolean ended;
        private volatile int sent;

        Sender(String name, int port) throws Exception {
            this.name = name;
            this.feed = context.getEndpoint("direct:mllp-" + port).createAsyncProducer();
            feed.start();
        }

        @Override
        public void run() {
            while (!ended) {
                window.acquireUninterruptibly();
                String controlId = name + "-" + sent;
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setBody(TestNode.message(controlId, name + "P" + sent % PATIENTS_EACH, ""));
                sent++;
                feed.process(exchange, synchronous -> {
                    outcomes.put(controlId, exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class));
                    window.release();
                });
            }
            window.acquireUninterruptibly(WINDOW);
        }

        void end() throws InterruptedException {
            ended = true;
            join(LIMIT.toMillis());
        }
    }

    private List<Sender> send() throws Exception {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender("S" + i, 7));
        }
        senders.add(new Sender("N", NEIGHBOURS_PORT));
        senders.forEach(Thread::start);
        return senders;
    }

    /** Until as many more were answered. */
    private void flows(int more) {
        int before = outcomes.size();
        await().atMost(LIMIT).until(() -> outcomes.size() >= before + more);
    }

    @Test
    void nothing_is_lost_or_twice_and_each_patients_order_is_kept_while_versions_come_and_go() throws Exception {
        MockEndpoint downstream = context.getEndpoint("mock:hl7-mllp-sink", MockEndpoint.class);
        List<Sender> senders = send();
        flows(150);
        bundles.deploy(version("1.1.0", "fhir:two"), BY);
        flows(150);
        bundles.rollBack(TestBundles.ID, BY);
        flows(150);
        CanaryRule third = CanaryRule.ofPercent(33);
        bundles.canary(version("1.2.0", "fhir:two"), third, BY);
        Set<String> during = during(senders, () -> flows(300));
        bundles.promote(TestBundles.ID, BY);
        wentWhereTheShareSays(during, third, "fhir:two", "fhir:one");
        flows(150);
        bundles.canary(version("1.3.0", "fhir:one"), third, BY);
        during = during(senders, () -> flows(300));
        bundles.rollBack(TestBundles.ID, BY);
        wentWhereTheShareSays(during, third, "fhir:one", "fhir:two");
        flows(150);
        for (Sender sender : senders) {
            sender.end();
        }

        int sent = senders.stream().mapToInt(sender -> sender.sent).sum();
        assertThat(outcomes).hasSize(sent);
        assertThat(outcomes.values()).allMatch(Outcome::positive);
        assertThat(taken.get("fhir:one")).doesNotContainAnyElementsOf(taken.get("fhir:two"));
        takenOf.forEach(LiveTrafficIT::inOrder);
        assertThat(takenOf.values().stream().mapToInt(List::size).sum()).isEqualTo(sent);
        assertThat(database.number("select count(*) from message")).isEqualTo(sent);
        arrivedOnceAndInOrder(downstream, sent);
    }

    private void arrivedOnceAndInOrder(MockEndpoint downstream, int sent) {
        await("every delivery is settled")
                .atMost(LIMIT)
                .until(() ->
                        database.number("select count(*) from message where state = " + MessageState.DELIVERED.code())
                                == sent);
        Map<String, List<String>> arrived = new TreeMap<>();
        for (Exchange each : downstream.getReceivedExchanges()) {
            ReceivedMessage message = each.getMessage().getBody(ReceivedMessage.class);
            arrived.computeIfAbsent(message.keys().patientId(), any -> new ArrayList<>())
                    .add(message.keys().controlId());
        }
        assertThat(arrived.values().stream().mapToInt(List::size).sum()).isEqualTo(sent);
        arrived.forEach(LiveTrafficIT::inOrder);
    }

    /** Control ids, but the neighbour's, of what was sent after this began and answered before it ended. */
    private Set<String> during(List<Sender> senders, Runnable some) {
        Map<String, Integer> before =
                senders.stream().collect(Collectors.toMap(sender -> sender.name, sender -> sender.sent));
        some.run();
        return outcomes.keySet().stream()
                .filter(id -> !id.startsWith("N") && number(id) >= before.get(id.substring(0, id.indexOf('-'))))
                .collect(Collectors.toSet());
    }

    private void wentWhereTheShareSays(Set<String> controlIds, CanaryRule share, String canary, String stable) {
        Set<String> inShare = takenOf.entrySet().stream()
                .filter(each -> isOf(share, each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .filter(controlIds::contains)
                .collect(Collectors.toSet());
        assertThat(inShare).hasSizeBetween(1, controlIds.size() - 1);
        assertThat(taken.get(canary).stream().filter(controlIds::contains))
                .as("all of the share, and nobody else")
                .containsExactlyInAnyOrderElementsOf(inShare);
        assertThat(taken.get(stable))
                .containsAll(
                        controlIds.stream().filter(id -> !inShare.contains(id)).toList());
    }

    private static boolean isOf(CanaryRule share, String patient) {
        return new Traffic("", List.of(), patient).isOf(share);
    }

    private static int number(String controlId) {
        return Integer.parseInt(controlId.substring(controlId.indexOf('-') + 1));
    }

    private static void inOrder(String patient, List<String> controlIds) {
        List<Integer> numbers = controlIds.stream().map(LiveTrafficIT::number).toList();
        assertThat(numbers).as(patient).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_version_that_fails_its_tests_its_start_or_its_bound_never_takes_more_than_its_share() throws Exception {
        List<Sender> senders = send();
        flows(100);
        goldenTestsPass = false;
        assertThatThrownBy(() -> bundles.deploy(version("1.1.0", "fhir:bad"), BY))
                .isInstanceOf(CodedException.class);
        goldenTestsPass = true;
        assertThatThrownBy(() -> bundles.deploy(
                        TestBundles.of("1.2.0", "fhir:bad")
                                .onPort(NEIGHBOURS_PORT)
                                .unsigned(),
                        BY))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-BUNDLE-0013");
        flows(100);
        assertThat(taken).doesNotContainKey("fhir:bad");

        CanaryRule fifth = CanaryRule.ofPercent(20);
        bundles.canary(version("1.3.0", "fhir:bad"), fifth, BY);
        await().atMost(LIMIT).until(() -> {
            RouteBundle bundle = bundles.find(TestBundles.ID).orElseThrow();
            return bundle.state() == BundleState.RUNNING
                    && bundle.nodes().get(0).generation() == bundle.generation();
        });
        flows(50);
        int bad = taken.get("fhir:bad").size();
        flows(150);
        for (Sender sender : senders) {
            sender.end();
        }

        assertThat(bundles.ledger(TestBundles.ID, 1))
                .extracting(each -> each.decision())
                .containsExactly(BundleDecision.ROLL_BACK_BY_BOUND);
        assertThat(taken.get("fhir:bad")).as("nothing after the roll-back").hasSize(bad);
        refusedAreThoseOfTheShare(fifth);
        assertThat(outcomes)
                .hasSize(senders.stream().mapToInt(sender -> sender.sent).sum());
        takenOf.forEach(LiveTrafficIT::inOrder);
        theJournalSaysTheSame(fifth);
    }

    private void theJournalSaysTheSame(CanaryRule share) {
        String inShare = takenOf.keySet().stream()
                .filter(patient -> isOf(share, patient))
                .map(patient -> "'" + patient + "'")
                .collect(Collectors.joining(","));
        String refused = "select count(*) from message where state = " + MessageState.REFUSED.code();
        assertThat(database.number(refused))
                .isEqualTo(taken.get("fhir:bad").size())
                .isEqualTo(database.number(refused + " and patient_id in (" + inShare + ")"));
        assertThat(database.number("select count(distinct control_id) from message"))
                .isEqualTo(database.number("select count(*) from message"))
                .isEqualTo(outcomes.size());
    }

    private void refusedAreThoseOfTheShare(CanaryRule share) {
        Set<String> inShare = takenOf.keySet().stream()
                .filter(patient -> isOf(share, patient))
                .flatMap(patient -> takenOf.get(patient).stream())
                .collect(Collectors.toSet());
        assertThat(inShare).containsAll(taken.get("fhir:bad"));
        Set<String> refused = outcomes.entrySet().stream()
                .filter(each -> !each.getValue().positive())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(refused).as("refused with the reason, nobody else").isEqualTo(new HashSet<>(taken.get("fhir:bad")));
    }
}
