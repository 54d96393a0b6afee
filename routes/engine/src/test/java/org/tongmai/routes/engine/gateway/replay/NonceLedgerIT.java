package org.tongmai.routes.engine.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.journal.TestDatabase;

class NonceLedgerIT {
    private static final int NODES = 6;

    private final TestDatabase database = new TestDatabase();
    private final List<NonceLedger> ledgers = new ArrayList<>();

    @AfterEach
    void stop() {
        ledgers.forEach(NonceLedger::close);
        database.close();
    }

    @Test
    void nodes_that_start_at_the_same_time_make_the_slots_once_and_claim_in_one_ledger() throws Exception {
        Schema.migrate(database.dataSource(), "gateway");
        Instant signed = Instant.now();
        Clock clock = Clock.fixed(signed, ZoneOffset.UTC);
        CountDownLatch together = new CountDownLatch(NODES);
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        try {
            Callable<NonceLedger> starting = () -> {
                together.countDown();
                together.await();
                return new NonceLedger(database.dataSource(), clock, new SimpleMeterRegistry());
            };
            for (Future<NonceLedger> started : nodes.invokeAll(
                    IntStream.range(0, NODES).mapToObj(i -> starting).toList())) {
                ledgers.add(started.get());
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(database.number("select count(*) from pg_inherits where inhparent = 'gateway_nonce'::regclass"))
                .isEqualTo(6);
        int first = 0;
        for (NonceLedger ledger : ledgers) {
            first += ledger.claim("app", "n-1", signed).join() ? 1 : 0;
        }
        assertThat(first).isOne();
        assertThat(ledgers.get(0)
                        .claim("app", "n-2", signed.minus(Duration.ofMinutes(5)))
                        .join())
                .isTrue();
    }
}
