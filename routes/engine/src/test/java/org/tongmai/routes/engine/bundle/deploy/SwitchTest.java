package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.RouteBundle.RouteFigures;
import org.tongmai.routes.engine.journal.TestNode;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ExchangeNames;

class SwitchTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Switch toBody = new Switch(RunningInstance.Direction.RECEIVING);

    /** Steps that end when the test says so. */
    private static final class Steps extends AsyncProcessorSupport {
        final List<AsyncCallback> waiting = Collections.synchronizedList(new ArrayList<>());

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            waiting.add(callback);
            return false;
        }
    }

    private Exchange exchange(String patient) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(ExchangeNames.RECEIVED, TestNode.message("C", patient, ""));
        return exchange;
    }

    @Test
    void a_version_goes_when_what_was_in_flight_in_it_is_through_and_not_before() {
        Steps old = new Steps();
        Steps fresh = new Steps();
        Body before = new Body("r@1", old, null);
        toBody.choose(before, null, null);
        toBody.process(exchange("P1"), done -> {});
        toBody.choose(new Body("r@2", fresh, null), null, null);
        AtomicBoolean empty = new AtomicBoolean();
        before.close(() -> empty.set(true));

        assertThat(empty).isFalse();
        toBody.process(exchange("P2"), done -> {});
        assertThat(fresh.waiting).hasSize(1);

        old.waiting.get(0).done(false);
        assertThat(empty).isTrue();
        assertThat(before.figures(Duration.ofSeconds(1)).messages()).isEqualTo(1);
    }

    @Test
    void who_picked_a_version_that_closes_in_that_moment_gets_the_one_that_took_its_place() throws Exception {
        AtomicInteger inClosed = new AtomicInteger();
        AtomicInteger through = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(2);
        AtomicBoolean goOn = new AtomicBoolean(true);
        for (int i = 0; i < 2; i++) {
            new Thread(() -> {
                        while (goOn.get()) {
                            Exchange exchange = exchange("P");
                            toBody.process(exchange, done -> through.incrementAndGet());
                            if (exchange.getException() != null) {
                                inClosed.incrementAndGet();
                            }
                        }
                        ended.countDown();
                    })
                    .start();
        }
        List<AtomicBoolean> emptied = new ArrayList<>();
        Body body = quick(new AtomicBoolean(), inClosed);
        toBody.choose(body, null, null);
        inClosed.set(0);
        for (int i = 0; i < 2_000; i++) {
            AtomicBoolean empty = new AtomicBoolean();
            AtomicBoolean nextEmpty = new AtomicBoolean();
            Body next = quick(nextEmpty, inClosed);
            toBody.choose(next, null, null);
            body.close(() -> empty.set(true));
            emptied.add(empty);
            body = next;
        }
        goOn.set(false);
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(emptied).allMatch(AtomicBoolean::get);
        assertThat(through.get()).isPositive();
        assertThat(inClosed.get()).as("failed, or in a version that was empty").isLessThanOrEqualTo(2);
    }

    private static Body quick(AtomicBoolean empty, AtomicInteger inClosed) {
        return new Body(
                "r@n",
                new AsyncProcessorSupport() {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        if (empty.get()) {
                            inClosed.incrementAndGet();
                        }
                        callback.done(true);
                        return true;
                    }
                },
                null);
    }

    @Test
    void a_version_that_has_closed_and_was_not_replaced_takes_nothing_and_nobody_waits_for_it() {
        Body given = new Body("r@1", new Steps(), null);
        toBody.choose(given, null, null);
        given.close(() -> {});
        Exchange exchange = exchange("P1");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> toBody.process(exchange, done -> {}));
        assertThat(exchange.getException()).hasMessageContaining("TM-DEPLOY-0007");
    }

    @Test
    void without_a_version_a_message_is_refused_for_now() {
        Exchange exchange = exchange("P1");
        toBody.process(exchange, done -> {});
        assertThat(exchange.getException()).isInstanceOf(CodedException.class).hasMessageContaining("TM-DEPLOY-0007");
    }

    @Test
    void a_share_by_percentage_is_of_patients_and_the_same_patient_stays_on_its_side() {
        CanaryRule tenth = CanaryRule.ofPercent(10);
        int in = 0;
        for (int patient = 0; patient < 10_000; patient++) {
            boolean first = Traffic.of(exchange("H1P" + patient)).isOf(tenth);
            assertThat(Traffic.of(exchange("H1P" + patient)).isOf(tenth)).isEqualTo(first);
            in += first ? 1 : 0;
        }
        assertThat(in).isBetween(900, 1_100);
    }

    @Test
    void a_share_by_hospital_is_of_msh_4_and_one_by_type_of_msh_9() {
        assertThat(Traffic.of(exchange("P")).isOf(new CanaryRule(List.of("H1"), List.of(), 0)))
                .isTrue();
        assertThat(Traffic.of(exchange("P")).isOf(new CanaryRule(List.of("HIS"), List.of(), 0)))
                .isFalse();
        assertThat(Traffic.of(exchange("P")).isOf(new CanaryRule(List.of(), List.of("ADT^A01"), 0)))
                .isTrue();
        assertThat(Traffic.of(exchange("P")).isOf(new CanaryRule(List.of(), List.of("ADT^A08"), 0)))
                .isFalse();
    }

    @Test
    void figures_are_of_the_last_minutes_and_say_the_95th_percentile() {
        long[] now = {0};
        RouteStatistics statistics = new RouteStatistics(() -> now[0]);
        for (int i = 1; i <= 100; i++) {
            statistics.passed(TimeUnit.MILLISECONDS.toNanos(i));
        }
        statistics.failed(TimeUnit.MILLISECONDS.toNanos(1));
        RouteFigures figures = statistics.figures();
        assertThat(figures.messages()).isEqualTo(101);
        assertThat(figures.errors()).isEqualTo(1);
        assertThat(figures.p95Millis()).isBetween(94L, 108L);

        RouteFigures withLate = statistics.figures(TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(2));
        assertThat(withLate.messages()).as("what hangs counts as slow").isEqualTo(103);
        assertThat(withLate.oldestMillis()).isEqualTo(3_000);

        now[0] += TimeUnit.MINUTES.toNanos(6);
        assertThat(statistics.figures().messages()).as("in the half before").isEqualTo(101);
        now[0] += TimeUnit.MINUTES.toNanos(11);
        assertThat(statistics.figures().messages()).isZero();
    }
}
